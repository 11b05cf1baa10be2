import { guardrailExemptions } from '#core/exemptions/evaluate.ts'
import { type Decision, type DetectorRule, decide, type LocatedFinding, type Side } from '#core/guardrails/decide.ts'
import type { InspectionPlan } from '#gateway/config/guardrails.ts'
import type { Exchange } from '#gateway/exchange.ts'
import type { ExemptionEntry } from './exemption-entry.ts'
import { noteExemption } from './exemptions-of.ts'

/**
 * Decides what is done with what was found. A guardrail that the request is exempted from counts what it would have
 * done and does nothing, as one in shadow; whether it may be waived is judged by the tier that the request has with it.
 */
export function decideFor(
  exchange: Exchange,
  plan: InspectionPlan,
  found: readonly LocatedFinding[],
  side: Side = 'request',
): Decision {
  const decision = decide(found, plan.rules, plan.tiers, exchange.tier, side)
  if (exchange.exemptions.length === 0) return decision
  const exemptions = guardrailExemptions(exchange.exemptions, decision.tier, plan.tiers)
  const waived = waivedRules(exchange, exemptions, decision)
  if (waived.size === 0) return decision
  const rules = new Map<string, DetectorRule>()
  for (const [detector, rule] of plan.rules) rules.set(detector, waived.has(rule.id) ? { ...rule, shadow: true } : rule)
  return decide(found, rules, plan.tiers, exchange.tier, side)
}

/** The rules that would have acted and that an exemption waives. */
function waivedRules(exchange: Exchange, exemptions: readonly ExemptionEntry[], { findings }: Decision): Set<string> {
  const waived = new Set<string>()
  if (exemptions.length === 0) return waived
  for (const { rule, action, shadow } of findings) {
    if (action === 'log' || shadow) continue
    const exemption = exemptions.find(({ document }) => document.guardrailIds.includes(rule))
    if (!exemption) continue
    waived.add(rule)
    noteExemption(exchange, exemption)
  }
  return waived
}
