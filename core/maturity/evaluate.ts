import { exitCriteria } from './criteria.ts'
import type { CriterionData, CriterionPart } from './criterion.ts'
import type { Observation, Observations } from './facts.ts'

export const CRITERION_STATES = ['met', 'not_met', 'exempt', 'unknown'] as const
export type CriterionState = (typeof CRITERION_STATES)[number]

/** What somebody has said about a criterion, in force at the time of the evaluation or not any more. */
export interface Attestation {
  readonly criterionId: string
  /** met or not_met: their word for the parts no record can show; exempt: it need not be met. */
  readonly verdict: 'met' | 'not_met' | 'exempt'
  readonly madeAt: number
  /** After this it is stale, and counts no more. */
  readonly freshUntil: number
}

export interface PartResult {
  readonly part: CriterionPart
  readonly state: Exclude<CriterionState, 'exempt'>
  /** What was found, for a fact. */
  readonly observation: Observation | null
  /** An attestation there is, but too old to count. */
  readonly stale: boolean
}

export interface CriterionResult {
  readonly id: string
  readonly state: CriterionState
  readonly parts: readonly PartResult[]
  /** How far it is from being met, from 0 to 1. */
  readonly progress: number
}

export interface Known {
  readonly observations: Observations
  /** The newest of each criterion and verdict that was not withdrawn. */
  readonly attestations: readonly Attestation[]
  readonly now: number
}

/** Holds criteria against what is known. What nobody knows is never met; only an exemption excuses. */
export function evaluate(criteria: readonly CriterionData[], known: Known): CriterionResult[] {
  const results = new Map<string, CriterionResult>()
  const resultOf = (criterion: CriterionData): CriterionResult => {
    const found = results.get(criterion.id)
    if (found) return found
    const result = judge(criterion, known, resultOf)
    results.set(criterion.id, result)
    return result
  }
  return criteria.map(resultOf)
}

function judge(criterion: CriterionData, known: Known, resultOf: (each: CriterionData) => CriterionResult) {
  const parts = criterion.parts.map(part => judgePart(criterion.id, part, known, resultOf))
  const exempt = known.attestations.some(
    each => each.criterionId === criterion.id && each.verdict === 'exempt' && each.freshUntil > known.now,
  )
  const state = exempt ? 'exempt' : together(parts.map(part => part.state))
  const progress = state === 'met' || exempt ? 1 : parts.reduce((sum, part) => sum + progressOf(part), 0) / parts.length
  return { id: criterion.id, state, parts, progress } satisfies CriterionResult
}

/** One that is not met decides, then one that is unknown. */
function together(states: readonly CriterionState[]): Exclude<CriterionState, 'exempt'> {
  if (states.includes('not_met')) return 'not_met'
  return states.includes('unknown') ? 'unknown' : 'met'
}

function judgePart(
  id: string,
  part: CriterionPart,
  known: Known,
  resultOf: (each: CriterionData) => CriterionResult,
): PartResult {
  if (part.by === 'criteria') {
    const states = exitCriteria(part.stage, part.layer).map(each => resultOf(each).state)
    return { part, state: together(states), observation: null, stale: false }
  }
  if (part.by === 'fact') {
    const observation = known.observations[part.fact] ?? { value: null }
    return { part, state: judgeFact(part, observation), observation, stale: false }
  }
  const said = known.attestations
    .filter(each => each.criterionId === id && each.verdict !== 'exempt')
    .sort((a, b) => b.madeAt - a.madeAt)[0]
  const stale = said !== undefined && said.freshUntil <= known.now
  const state = said && !stale && said.verdict !== 'exempt' ? said.verdict : 'unknown'
  return { part, state, observation: null, stale }
}

function judgeFact(part: CriterionPart & { by: 'fact' }, { value, periods }: Observation): PartResult['state'] {
  if (value === null) return 'unknown'
  if (part.consecutive === undefined) return passes(part, value) ? 'met' : 'not_met'
  if (!periods) return 'unknown'
  const newest = periods.slice(0, part.consecutive)
  return newest.length === part.consecutive && newest.every(each => passes(part, each.value)) ? 'met' : 'not_met'
}

function passes({ operator, value }: CriterionPart & { by: 'fact' }, found: number): boolean {
  if (operator === '>=') return found >= value
  return operator === '<=' ? found <= value : found === value
}

function progressOf({ part, state, observation }: PartResult): number {
  if (state === 'met') return 1
  if (part.by !== 'fact' || part.operator !== '>=' || !observation || observation.value === null) return 0
  if (part.consecutive === undefined) return Math.min(1, observation.value / part.value)
  let passed = 0
  for (const each of observation.periods ?? []) {
    if (!passes(part, each.value)) break
    passed += 1
  }
  return Math.min(1, passed / part.consecutive)
}
