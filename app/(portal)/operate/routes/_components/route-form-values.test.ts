import { expect, test } from 'vitest'
import { CreateRouteInput } from '#lib/routes/schema.ts'
import { EMPTY_ROUTE, routeChangeOf, routeFormOf, routeInputOf } from './route-form-values.ts'

test('an empty form with a name and a team is a route that the verb takes', () => {
  const input = routeInputOf({ ...EMPTY_ROUTE, name: 'Cheapest', target: ' payments ', mostInputUsd: '1,000.5' })
  expect(CreateRouteInput.parse(input)).toMatchObject({
    ...{ name: 'Cheapest', target: 'payments', callableAs: null, attemptTimeoutMs: null },
    constraints: { mostInputUsd: 1_000_500_000_000n, mostOutputUsd: null, regions: [] },
  })
})

test('a route that is opened and saved unchanged stays what it was', () => {
  const route = {
    id: '01a1fcac-298f-754d-bac9-dd127fa83b86',
    name: 'Support',
    enabled: false,
    scope: 'workload' as const,
    target: 'triage',
    targetName: 'triage',
    requestedNames: ['fast'],
    callableAs: 'smart',
    models: [{ id: '01a1fcac-298f-754d-bac9-dd127fa83b87', name: 'x' }],
    objective: 'fastest' as const,
    weights: { cost: 1, latency: 2, errors: 0.5, capability: 0, preference: 0 },
    constraints: { regions: ['eu'], providers: [], tiers: ['Public'], mostInputUsd: '2.50', mostOutputUsd: null },
    failover: false,
    attemptTimeoutMs: 900,
    version: 3,
    createdAt: '2026-11-21T00:00:00Z',
    updatedAt: '2026-11-21T00:00:00Z',
    archivedAt: null,
  }
  const values = routeFormOf(route)
  expect(CreateRouteInput.parse(routeInputOf(values))).toMatchObject({
    ...{ scope: 'workload', target: 'triage', enabled: false, failover: false, attemptTimeoutMs: 900 },
    ...{ weights: route.weights, modelIds: [route.models[0]?.id], requestedNames: ['fast'] },
    constraints: { mostInputUsd: 2_500_000_000n, tiers: ['Public'] },
  })
  expect(routeChangeOf(values)).not.toHaveProperty('scope')
})

test('what is no number is passed on as typed', () => {
  const weights = { ...EMPTY_ROUTE.weights, cost: 'much' }
  expect(routeInputOf({ ...EMPTY_ROUTE, weights }).weights.cost).toBe('much')
})
