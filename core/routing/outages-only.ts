import type { Exclusion } from './explanation.ts'
import type { RoutePlan } from './plan-route.ts'
import type { RoutableModel, RoutableProvider } from './routable-model.ts'

/** Reasons that lie in what the request asks: at no other moment, and for no other data, would the model serve it. */
const INEXPRESSIBLE: ReadonlySet<Exclusion> = new Set(['dialect', 'several_answers', 'untranslatable'])

/**
 * Leaves out the substitutes when what is asked for could be called, but not be told the request: they stand in for
 * whoever cannot be reached, and not for what somebody cannot be asked.
 */
export function keepSubstitutesForOutages<M extends RoutableModel, P extends RoutableProvider>({
  candidates,
  substitutes,
}: RoutePlan<M, P>): void {
  if (substitutes.length === 0 || candidates.some(({ exclusions }) => exclusions.length === 0)) return
  const named = candidates.filter(({ origin }) => origin === 'requested')
  const asked = named.length > 0 ? named : candidates
  if (!asked.some(({ exclusions }) => exclusions.every(one => INEXPRESSIBLE.has(one)))) return
  for (const { candidate } of substitutes) {
    if (!candidate.exclusions.includes('outages_only')) candidate.exclusions.push('outages_only')
  }
}
