import { keepSubstitutesForOutages } from '#core/routing/outages-only.ts'
import { type Inexpressible, permitted, type RoutePlan } from '#core/routing/plan-route.ts'
import type { ModelEntry, ProviderEntry } from '#gateway/config/entries.ts'
import { type Translation, translationFor, upstreamOperation } from '#gateway/dialects/translation.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import type { Operation } from '#gateway/operations.ts'
import { ForbiddenAddressError } from '#gateway/providers/address-guard.ts'
import type { Target } from '#gateway/providers/targets.ts'
import { Refusal } from '#gateway/refusal.ts'
import type { Services } from '#gateway/services.ts'
import { vendorFields } from '#gateway/upstream/upstream-request.ts'
import { isServable, planRefusal, servable } from './plan-refusal.ts'

type Plan = RoutePlan<ModelEntry, ProviderEntry>

/** What a candidate is asked to say, and in which call. */
export interface Asked {
  readonly operation: Operation
  readonly body: Record<string, unknown>
  readonly services: Pick<Services, 'targets'>
}

/**
 * Leaves out the candidates of their own right that cannot be told the request, until one can; throws the refusal when
 * none is left. With one that takes the request as it is, nothing is read for the others before they are called.
 */
export function refuseInexpressible(exchange: Exchange, plan: Plan): void {
  const isChoice = plan.candidates.length + plan.substitutes.length > 1
  for (const candidate of plan.candidates) {
    if (candidate.exclusions.length === 0 && isServable(candidate) && takesAsIs(exchange, candidate, isChoice)) return
  }
  for (const candidate of permitted(plan)) {
    if (!isServable(candidate) || candidate.exclusions.length > 0) continue
    const told = tell(exchange, candidate, isChoice)
    if (!isInexpressible(told)) {
      exchange.translation = told
      break
    }
    candidate.inexpressible = told
    candidate.exclusions.push('untranslatable')
    keepSubstitutesForOutages(plan)
  }
  exchange.candidates = servable(plan)
  const refusal = planRefusal(plan, exchange.candidates, exchange)
  if (refusal) throw refusal
}

/** The same for a request that is only explained: marks everybody in its plan who could not be told it. */
export function markInexpressible(asked: Asked, plan: Plan): void {
  for (const candidate of [...plan.candidates, ...plan.substitutes.map(one => one.candidate)]) {
    if (!isServable(candidate) || candidate.servedAs === null || candidate.exclusions.includes('several_answers'))
      continue
    const told = tell(asked, candidate, true)
    if (!isInexpressible(told)) continue
    candidate.inexpressible = told
    candidate.exclusions.push('untranslatable')
  }
  keepSubstitutesForOutages(plan)
}

/** Whether a candidate is sent what the caller wrote. Alone, it says by itself what its vendor's form has not. */
function takesAsIs({ operation, services }: Asked, candidate: Candidate, isChoice: boolean): boolean {
  if (!candidate.model.dialects.has(operation.dialect)) return false
  if (!isChoice) return true
  const target = targetOf(services, candidate, operation)
  return target !== null && target?.wire?.body === undefined
}

/** The translation that a candidate is told a request in, null for none, or what cannot be said to it. */
function tell(asked: Asked, candidate: Candidate, inVendorsForm: boolean): Translation | Inexpressible | null {
  const { operation, body, services } = asked
  const { model, provider } = candidate
  try {
    const upstream = upstreamOperation(operation, model) ?? operation
    const translation = translationFor(asked, candidate, upstream)
    const target = inVendorsForm ? targetOf(services, candidate, upstream) : undefined
    if (target === null) throw notServedThere(provider)
    const { upstreamModel, maxOutputTokens } = model.document
    const call = { model: upstreamModel, maxOutputTokens, headers: null, dropped: new Set<string>() }
    if (target?.wire?.body) vendorFields(target.wire.body, translation?.fields ?? body, call)
    return translation
  } catch (error) {
    if (!(error instanceof Refusal) || !error.param) throw error
    return { code: error.code, param: error.param, rule: error.rule ?? 'translation', message: error.message }
  }
}

/** Null: the vendor does not serve that call. Undefined: it has no address that may be called, as the call will say. */
function targetOf({ targets }: Asked['services'], { provider, model }: Candidate, operation: Operation) {
  try {
    return targets.find(provider, model, operation) satisfies Target | null
  } catch (error) {
    if (error instanceof ForbiddenAddressError) return undefined
    throw error
  }
}

/** The refusal of a call that the vendor does not serve. */
export function notServedThere({ document }: ProviderEntry): Refusal {
  const words = `${document.name} does not serve this path. Use another model of the catalog.`
  return new Refusal(400, 'wrong_dialect', words, { param: 'model', rule: 'provider:dialects' })
}

function isInexpressible(told: Translation | Inexpressible | null): told is Inexpressible {
  return told !== null && 'param' in told
}
