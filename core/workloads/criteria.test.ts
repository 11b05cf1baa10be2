import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { criteriaFor, standingAgainst, type WorkloadFacts } from './criteria.ts'
import { WORKLOAD_LIFECYCLES } from './lifecycle.ts'

const NOW = new Date('2026-06-01T00:00:00Z')
const [PAST, FUTURE] = [new Date('2026-05-01T00:00:00Z'), new Date('2026-07-01T00:00:00Z')]

const facts: fc.Arbitrary<WorkloadFacts> = fc.record({
  briefed: fc.boolean(),
  owner: fc.option(fc.record({ name: fc.constant('Ada'), active: fc.boolean() })),
  budgets: fc.subarray(['Monthly']),
  routes: fc.subarray(['In order']),
  modelProblems: fc.subarray(['x is blocked.']),
  expiredExemptions: fc.option(fc.subarray(['y ran out.'])),
  sensitive: fc.boolean(),
  reviewBy: fc.constantFrom(PAST, FUTURE),
  callsInSevenDays: fc.nat({ max: 2 }),
  sunsetAt: fc.option(fc.constantFrom(PAST, FUTURE)),
  migrationPlan: fc.constantFrom('', '  ', 'Use the other one'),
})
const lifecycle = fc.constantFrom(...WORKLOAD_LIFECYCLES)
const EVERY = WORKLOAD_LIFECYCLES.flatMap(to => criteriaFor(to, WHOLE(), NOW).map(({ id }) => id))

function WHOLE(): WorkloadFacts {
  return {
    briefed: true,
    owner: { name: 'Ada', active: true },
    budgets: ['Monthly'],
    routes: ['In order'],
    modelProblems: [],
    expiredExemptions: [],
    sensitive: true,
    reviewBy: FUTURE,
    callsInSevenDays: 0,
    sunsetAt: FUTURE,
    migrationPlan: 'Use the other one',
  }
}

describe('whatever is known of a workload', () => {
  test('what is not met stands against it, whatever anybody lets go of, unless it may be let go of', () => {
    fc.assert(
      fc.property(lifecycle, facts, fc.subarray(EVERY), (to, known, waived) => {
        const criteria = criteriaFor(to, known, NOW)
        const against = standingAgainst(criteria, waived)
        for (const one of criteria) {
          if (one.state === 'unmet' && !one.waivable) expect(against).toContain(one)
          if (one.state !== 'met' && !waived.includes(one.id)) expect(against).toContain(one)
          if (one.state === 'met') expect(against).not.toContain(one)
        }
      }),
    )
  })

  test('nothing goes to production without brief, owner, budget, route and approved models', () => {
    fc.assert(
      fc.property(facts, known => {
        if (standingAgainst(criteriaFor('production', known, NOW), EVERY).length > 0) return
        expect(known.briefed && known.owner?.active).toBe(true)
        expect(known.budgets.length * known.routes.length).toBeGreaterThan(0)
        expect(known.modelProblems).toEqual([])
        expect(known.reviewBy > NOW).toBe(true)
      }),
    )
  })
})

test('what nothing measures is never met, and can be let go of', () => {
  const against = standingAgainst(criteriaFor('production', WHOLE(), NOW), [])
  expect(against.map(({ id, state }) => [id, state])).toEqual([
    ['golden_dataset', 'unmeasurable'],
    ['evaluation', 'unmeasurable'],
    ['adversarial', 'unmeasurable'],
  ])
  expect(
    standingAgainst(criteriaFor('production', WHOLE(), NOW), ['golden_dataset', 'evaluation', 'adversarial']),
  ).toEqual([])
})

test('an end in the past is no end', () => {
  const against = standingAgainst(criteriaFor('deprecated', { ...WHOLE(), sunsetAt: PAST }, NOW), [])
  expect(against.map(({ id }) => id)).toEqual(['sunset'])
})
