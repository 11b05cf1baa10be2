import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { notFor } from '#core/catalog/only-for.ts'
import { type Decided, decide, NOW, OPERATION, type World, world } from '#test/routing-worlds.ts'
import { explainRoute } from './explain-route.ts'
import { orderCandidates } from './order-candidates.ts'
import { isCallable } from './routable-model.ts'
import { ROUTE_SCOPES } from './route-options.ts'
import type { RouteRecord } from './route-table.ts'
import { expectedCost } from './score.ts'
import { tierExclusion } from './tier-reach.ts'

const holds = (check: (decided: Decided, given: World) => void) =>
  fc.assert(
    fc.property(world, given => check(decide(given), given)),
    { numRuns: 500 },
  )

describe('whatever the catalog, the routes and the measurements are', () => {
  test('only who is permitted is tried, and nobody twice', () => {
    holds(({ decision, catalog, request, tier, measure }) => {
      const tried = decision.order.map(({ candidate }) => candidate)
      expect(new Set(tried.map(one => one.model.id)).size).toBe(tried.length)
      for (const { model, provider, servedAs } of tried) {
        expect(catalog.models.get(model.id)).toBe(model)
        expect(isCallable(model, NOW)).toBe(true)
        expect(request.keyModels === null || request.keyModels.has(model.id)).toBe(true)
        expect(notFor(model.document.onlyFor, request)).toBeNull()
        expect(model.document.own?.signedOff ?? true).toBe(true)
        expect(request.workloadModels === null || request.workloadModels.has(model.id)).toBe(true)
        expect(servedAs).not.toBeNull()
        if (request.answers > 1) {
          expect(servedAs).toBe(request.operation.name)
          expect(provider?.document.kind).not.toBe('aws_bedrock')
        }
        expect(provider?.document.enabled).toBe(true)
        if (tier && provider) expect(tierExclusion(model, provider, tier, catalog.tiers)).toBeNull()
        const measured = measure(model.id)
        expect(measured === null || (measured.available && !measured.cooling)).toBe(true)
      }
    })
  })

  test('whoever is tried was asked for, named by the route that decides, or a substitute for one of those', () => {
    holds(({ decision, plan }) => {
      const own = new Set([plan.requested?.id, ...(plan.route?.document.modelIds ?? [])])
      const substitutes = new Set(
        plan.candidates.flatMap(one => one.model.document.substitutes.map(sub => sub.modelId)),
      )
      for (const { candidate } of decision.order) {
        const { model, origin } = candidate
        expect(own.has(model.id) || substitutes.has(model.id)).toBe(true)
        if (origin === 'requested') expect(model).toBe(plan.requested)
        if (origin === 'outage' || origin === 'budget') expect(own.has(model.id)).toBe(false)
      }
    })
  })

  test('no substitute is tried for what the named model alone cannot be asked', () => {
    const asks = new Set(['dialect', 'several_answers'])
    holds(({ decision, plan }) => {
      const named = plan.candidates.find(({ origin }) => origin === 'requested')
      if (!named || plan.candidates.some(({ exclusions }) => exclusions.length === 0)) return
      if (named.exclusions.every(one => asks.has(one))) expect(decision.order).toEqual([])
    })
  })

  test('equal inputs give equal decisions', () => {
    fc.assert(
      fc.property(world, given => {
        const ids = ({ decision }: Decided) => decision.order.map(({ candidate }) => candidate.model.id)
        expect(ids(decide(given))).toEqual(ids(decide(given)))
      }),
    )
  })

  test('everybody in question is explained once, with a place or with reasons, and the first place wins', () => {
    holds(({ plan, decision, tier, measure }, { pressure }) => {
      const context = {
        replica: null,
        configVersion: '1',
        tier,
        sources: [],
        operation: OPERATION,
        measure,
        refusal: null,
      }
      const { candidates, winnerId, route: reference } = explainRoute(plan, decision, context)
      expect(reference?.id ?? null).toBe(plan.route?.id ?? null)
      const inQuestion = [
        ...plan.candidates,
        ...plan.substitutes.filter(one => one.outage || pressure).map(one => one.candidate),
      ]
      expect(candidates.map(one => one.modelId).sort()).toEqual(inQuestion.map(one => one.model.id).sort())
      for (const one of candidates) {
        expect(one.position === null).toBe(one.leftOut.length > 0)
        for (const { message } of one.leftOut) expect(message.length).toBeGreaterThan(10)
      }
      expect(candidates.filter(one => one.position !== null).map(one => one.position)).toEqual(
        decision.order.map((_, at) => at + 1),
      )
      expect(winnerId).toBe(candidates.find(one => one.position === 1)?.modelId ?? null)
    })
  })

  test('without failover one is tried at most', () => {
    holds(({ plan, decision }) => {
      if (plan.route && !plan.route.document.failover) expect(decision.order.length).toBeLessThanOrEqual(1)
    })
  })

  test('under budget pressure whoever goes first costs less than who would have gone first', () => {
    holds(({ plan, decision, request, measure }, { pressure }) => {
      if (!pressure) {
        expect(decision.cheaper).toBe(0)
        return
      }
      const [usual] = orderCandidates(plan, measure, false).order
      const [first] = decision.order
      if (decision.cheaper === 0 || !first || !usual || usual.candidate.origin === 'outage') return
      const [cost, before] = [first, usual].map(one => expectedCost(request, one.candidate.model))
      expect(cost).toBeLessThan(before ?? 0)
    })
  })

  test('cheapest takes the least expected cost of those of their own right, and scores never rise down the order', () => {
    holds(({ plan, decision, request }, { pressure }) => {
      const own = decision.order.filter(one => one.score !== null)
      if (pressure || !plan.route) return
      const totals = own.map(one => one.score?.total ?? 0)
      expect(totals).toEqual([...totals].sort((a, b) => b - a))
      for (const total of totals) expect(total).toBeGreaterThanOrEqual(0)
      for (const total of totals) expect(total).toBeLessThanOrEqual(1 + 1e-9)
      if (plan.route.document.objective !== 'cheapest' || !own[0]) return
      const costs = own.map(one => expectedCost(request, one.candidate.model))
      const known = costs.filter(cost => cost !== null)
      if (known.length > 0) expect(costs[0]).toBe(Math.min(...known))
    })
  })

  test('the most specific route decides, and one that is disabled never does', () => {
    holds(({ plan }) => {
      if (!plan.route) return
      expect(plan.route.document.enabled).toBe(true)
      const rank = (record: RouteRecord) => ROUTE_SCOPES.indexOf(record.document.scope)
      for (const other of plan.otherRoutes) expect(rank(other)).toBeLessThanOrEqual(rank(plan.route))
    })
  })
})
