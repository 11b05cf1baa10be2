/** What a rule does with what a detector found. */
export const GUARDRAIL_ACTIONS = ['log', 'mask', 'raise', 'block'] as const
export type GuardrailAction = (typeof GUARDRAIL_ACTIONS)[number]

/** Where a rule acts; what it finds elsewhere it counts only. */
export const APPLIES_TO = ['request', 'answer', 'both'] as const
export type AppliesTo = (typeof APPLIES_TO)[number]

/** How an organization classifies data: a higher rank is more sensitive. */
export interface TierRank {
  readonly name: string
  readonly rank: number
}

/** What is looked at: what a caller sends, or what a model answers. */
export type Side = 'request' | 'answer'

export interface DetectorRule {
  readonly id: string
  readonly detector: string
  readonly enabled: boolean
  /** Counts what it would do, and does nothing. */
  readonly shadow: boolean
  /** Tier's name to action; a tier that is not named is logged. */
  readonly actions: Readonly<Record<string, GuardrailAction>>
  readonly appliesTo: AppliesTo
  /** The tier that `raise` raises a request to. */
  readonly raiseTo: string | null
}

/** What was found at one place by one detector. */
export interface LocatedFinding {
  detector: string
  kind: string
  location: string
  count: number
  /** Whether the place can be masked. */
  maskable: boolean
}

export interface DecidedFinding extends LocatedFinding {
  action: GuardrailAction
  shadow: boolean
  rule: string
}

export interface Decision {
  /** The request's tier after what was found has raised it; null when the organization has no tiers. */
  tier: TierRank | null
  /** The rule that raised it; null when none did. */
  raisedBy: DecidedFinding | null
  findings: DecidedFinding[]
  /** The first that blocks; null when the request may go on. */
  blocked: DecidedFinding | null
}

/**
 * Applies rules to findings. Those that raise the tier come first, at the tier that the request was declared with; the
 * others act at the tier that results. A place that cannot be masked is blocked instead. Findings without a rule, or
 * with one that is switched off, are left out; those of a rule that does not apply to this side are logged.
 */
export function decide(
  found: readonly LocatedFinding[],
  rules: ReadonlyMap<string, DetectorRule>,
  tiers: readonly TierRank[],
  declared: TierRank | null,
  side: Side = 'request',
): Decision {
  let tier = declared
  let raisedBy: DecidedFinding | null = null
  for (const finding of found) {
    const rule = rules.get(finding.detector)
    if (!rule?.enabled || rule.shadow || actionAt(rule, declared, side) !== 'raise') continue
    const target = tiers.find(one => one.name === rule.raiseTo) ?? highest(tiers)
    if (target && target.rank > (tier?.rank ?? Number.NEGATIVE_INFINITY)) {
      tier = target
      raisedBy = { ...finding, action: 'raise', shadow: false, rule: rule.id }
    }
  }
  const findings: DecidedFinding[] = []
  for (const finding of found) {
    const rule = rules.get(finding.detector)
    if (!rule?.enabled) continue
    const wanted = actionAt(rule, declared, side) === 'raise' ? 'raise' : actionAt(rule, tier, side)
    const action = wanted === 'mask' && !finding.maskable ? 'block' : wanted
    findings.push({ ...finding, action, shadow: rule.shadow, rule: rule.id })
  }
  const blocked = findings.find(finding => finding.action === 'block' && !finding.shadow) ?? null
  return { tier, raisedBy, findings, blocked }
}

/** What was done by a decision, as evidence tells it: where something blocks, nothing is masked, only counted. */
export function doneBy({ findings, blocked }: Decision): DecidedFinding[] {
  if (!blocked) return findings
  return findings.map(one => (one.action === 'mask' && !one.shadow ? { ...one, action: 'log' } : one))
}

/** Whether some rule may do more than log on this side. */
export function actsOn(rules: Iterable<DetectorRule>, side: Side): boolean {
  for (const rule of rules) {
    const acts = rule.enabled && !rule.shadow && appliesTo(rule, side)
    if (acts && Object.values(rule.actions).some(action => action !== 'log')) return true
  }
  return false
}

function appliesTo(rule: DetectorRule, side: Side): boolean {
  return rule.appliesTo === 'both' || rule.appliesTo === side
}

function actionAt(rule: DetectorRule, tier: TierRank | null, side: Side): GuardrailAction {
  if (tier === null || !appliesTo(rule, side)) return 'log'
  return rule.actions[tier.name] ?? 'log'
}

/** The most sensitive tier; null when there are none. */
export function highest(tiers: readonly TierRank[]): TierRank | null {
  return tiers.reduce<TierRank | null>((top, tier) => (top === null || tier.rank > top.rank ? tier : top), null)
}

/** The least sensitive tier, that of a request which nobody has classified; null when there are none. */
export function lowest(tiers: readonly TierRank[]): TierRank | null {
  return tiers.reduce<TierRank | null>((low, tier) => (low === null || tier.rank < low.rank ? tier : low), null)
}
