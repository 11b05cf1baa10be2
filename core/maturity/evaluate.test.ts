import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CRITERIA } from './criteria.ts'
import type { CriterionData } from './criterion.ts'
import { type Attestation, evaluate, type Known } from './evaluate.ts'
import { FACTS, type FactName, type Observations } from './facts.ts'
import { nextMoves, obstacles } from './stage-of.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const DAY_MS = 86_400_000
const nothing: Known = { observations: {}, attestations: [], now: NOW }

const criterion = (parts: CriterionData['parts']): CriterionData => {
  return { id: 'S1.L1.X9', stage: 1, layer: 'governance', kind: 'exit', text: '', parts, next: null }
}
const stateOf = (parts: CriterionData['parts'], known: Partial<Known>) =>
  evaluate([criterion(parts)], { ...nothing, ...known })[0]?.state

const tiers = { by: 'fact', fact: 'tiers.count', operator: '>=', value: 3 } as const
const said = { by: 'attestation', statement: '', freshDays: 90 } as const
const says = (verdict: Attestation['verdict'], daysAgo = 1): Attestation => {
  const madeAt = NOW - daysAgo * DAY_MS
  return { criterionId: 'S1.L1.X9', verdict, madeAt, freshUntil: madeAt + 90 * DAY_MS }
}

describe('a fact', () => {
  test.each([
    ['>=', 2, 'not_met'],
    ['>=', 3, 'met'],
    ['<=', 3, 'met'],
    ['<=', 4, 'not_met'],
    ['=', 3, 'met'],
    ['=', 0, 'not_met'],
  ] as const)('%s 3 of %d is %s', (operator, value, state) => {
    expect(stateOf([{ ...tiers, operator }], { observations: { 'tiers.count': { value } } })).toBe(state)
  })

  test('that has to hold for months holds in the newest of them, one after another', () => {
    const drills = { by: 'fact', fact: 'failover.passedDrills', operator: '>=', value: 1, consecutive: 2 } as const
    const months = (...values: number[]) => {
      const periods = values.map((value, n) => ({ period: `month ${n}`, value }))
      return { observations: { 'failover.passedDrills': { value: 9, periods } } }
    }
    expect(stateOf([drills], months(1, 2, 0))).toBe('met')
    expect(stateOf([drills], months(0, 1, 1))).toBe('not_met')
    expect(stateOf([drills], months(1))).toBe('not_met')
    expect(stateOf([drills], { observations: { 'failover.passedDrills': { value: 9 } } })).toBe('unknown')
  })
})

describe('an attestation', () => {
  test('counts while it is fresh, the newest of them', () => {
    expect(stateOf([said], {})).toBe('unknown')
    expect(stateOf([said], { attestations: [says('met')] })).toBe('met')
    expect(stateOf([said], { attestations: [says('not_met', 1), says('met', 2)] })).toBe('not_met')
    const [stale] = evaluate([criterion([said])], { ...nothing, attestations: [says('met', 91)] })
    expect(stale).toMatchObject({ state: 'unknown', parts: [{ stale: true }] })
  })

  test('does not stand in for a fact that is not met', () => {
    const known = { observations: { 'tiers.count': { value: 1 } }, attestations: [says('met')] }
    expect(stateOf([tiers, said], known)).toBe('not_met')
  })

  test('that excuses does so until it ends', () => {
    expect(stateOf([tiers], { attestations: [says('exempt')] })).toBe('exempt')
    expect(stateOf([tiers], { attestations: [says('exempt', 90)] })).toBe('unknown')
  })
})

test('where nothing is known, nothing is met', () => {
  const states = evaluate(CRITERIA, nothing).map(({ state }) => state)
  expect(new Set(states)).toEqual(new Set(['unknown']))
})

test('a criterion that rests on others is met when they are, and says so of the one below', () => {
  const everyExit = CRITERIA.filter(each => each.kind === 'exit' && each.stage === 1 && each.layer === 'governance')
  const attestations = everyExit.map(({ id }) => ({ ...says('exempt'), criterionId: id }))
  const results = new Map(evaluate(CRITERIA, { ...nothing, attestations }).map(result => [result.id, result.state]))
  expect([results.get('S1.L2.E1'), results.get('S2.L1.E1'), results.get('S1.L3.E1')]).toEqual(['met', 'met', 'unknown'])
})

const names = Object.keys(FACTS) as FactName[]
const observationsOf = (values: readonly (number | null)[]): Observations =>
  Object.fromEntries(names.map((name, n) => [name, { value: values[n] ?? null, periods: [] }]))
const someValues = fc.array(fc.option(fc.integer({ min: 0, max: 5_000 })), {
  minLength: names.length,
  maxLength: names.length,
})

test('more of everything never makes worse what asks for at least something', () => {
  fc.assert(
    fc.property(someValues, fc.nat(names.length - 1), (values, at) => {
      const more = values.map((value, n) => (n === at && value !== null ? value + 1 : value))
      const rank = { not_met: 0, unknown: 1, met: 2, exempt: 3 }
      const rising = CRITERIA.filter(each => each.parts.every(part => part.by === 'fact' && part.operator === '>='))
      const before = evaluate(rising, { ...nothing, observations: observationsOf(values) })
      const after = evaluate(rising, { ...nothing, observations: observationsOf(more) })
      for (const [n, result] of after.entries()) {
        expect(rank[result.state]).toBeGreaterThanOrEqual(rank[before[n]?.state ?? 'not_met'])
        expect(result.progress).toBeGreaterThanOrEqual(before[n]?.progress ?? 0)
      }
    }),
  )
})

test('the next moves are the obstacles, each once, lower layers first', () => {
  fc.assert(
    fc.property(someValues, fc.constantFrom(1, 2, 3), (values, stage) => {
      const known = { ...nothing, observations: observationsOf(values) }
      const results = new Map(evaluate(CRITERIA, known).map(result => [result.id, result]))
      const moves = nextMoves(stage as 1, results).map(({ id }) => id)
      const unmet = obstacles(stage as 1, results).map(({ id }) => id)
      expect([...moves].sort()).toEqual([...unmet].sort())
      const layers = moves.map(id => id.slice(3, 5))
      expect(layers).toEqual([...layers].sort())
    }),
  )
})
