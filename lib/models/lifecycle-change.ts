import type { TermsOfUse } from '#core/catalog/terms-of-use.ts'
import { invalid } from '#lib/platform/errors.ts'
import type { ChangeModelLifecycleInput } from './schema.ts'

/** The terms that a change leads to; what it does not name stays. Throws `invalid_input` for terms that contradict each other. */
export function newTerms(before: TermsOfUse, change: Omit<ChangeModelLifecycleInput, 'id' | 'reason'>): TermsOfUse {
  const { lifecycle, sunsetAt, onlyFor = before.onlyFor, tiers = before.tiers } = change
  if (sunsetAt && lifecycle !== 'deprecated') {
    const words = 'Only a deprecated model has a day on which it stops. Leave it out or deprecate the model.'
    throw invalid('sunsetAt', words)
  }
  return { lifecycle, sunsetAt: sunsetAt && new Date(sunsetAt).toISOString(), onlyFor, tiers }
}
