import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { createCachePolicy } from '#lib/cache/create-policy.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { createRateLimit } from '#lib/rate-limits/create-rate-limit.ts'
import { archiveRoute } from '#lib/routes/archive-route.ts'
import { createRoute } from '#lib/routes/create-route.ts'
import { publishSandboxCatalog } from '#test/catalog.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { searchEverything } from './queries.ts'

let here: TestOrganization
let modelId: string
let routeId: string
const drillId = newId()
const NAME = 'Night shift'

beforeAll(async () => {
  here = await makeOrganization()
  const { models } = await publishSandboxCatalog(here, { url: 'http://127.0.0.1:1' })
  modelId = models['sandbox-gpt'] ?? ''
  const ctx = here.admin
  const team = { scope: 'team', target: here.teamId }
  const route = { name: NAME, ...team, objective: 'balanced', modelIds: [modelId] }
  routeId = (await createRoute({ ctx, input: route })).id
  await createRateLimit({ ctx, input: { name: NAME, ...team, measure: 'requests', window: 'minute', limit: 5 } })
  await createCachePolicy({ ctx, input: { name: NAME, ...team, ttlSeconds: 60 } })
  await createBudget({
    ctx,
    input: { name: NAME, ...team, window: { kind: 'month', timeZone: 'UTC' }, limitUsd: '5', thresholds: [] },
  })
  await databases().system.failoverDrill.create({
    data: {
      ...{ id: drillId, organizationId: here.id, modelId, modelName: 'sandbox-gpt', occasion: 'demand' },
      ...{ startedByName: 'Night shift', state: 'waiting', boundMs: 1_000 },
    },
  })
})

const kindsOf = async (ctx: Context, text: string) =>
  [...new Set((await searchEverything(ctx, text)).map(({ kind }) => kind))].sort()

test('finds what governs traffic by its name, with the page of each', async () => {
  expect(await kindsOf(here.admin, 'night')).toEqual(['budget', 'cache_policy', 'rate_limit', 'route'])
  const found = await searchEverything(here.admin, 'night')
  expect(found.find(({ kind }) => kind === 'route')?.href).toBe(`/operate/routes/${routeId}`)
  expect(await kindsOf(here.admin, 'sandbox-gpt')).toEqual(['deployment', 'drill', 'model'])
  const ofModel = await searchEverything(here.admin, 'sandbox-gpt')
  expect(ofModel.map(({ href }) => href)).toContain(`/operate/deployments#${modelId}`)
  expect(ofModel.map(({ href }) => href)).toContain(`/operate/failover-drills/${drillId}`)
})

test('shows nobody what their lists would not show', async () => {
  expect(await kindsOf(await here.person([]), 'night')).toEqual([])
  const otherTeam = await here.person(['team_lead'], { teamId: null })
  expect(await kindsOf(otherTeam, 'night')).not.toContain('budget')
  expect(await kindsOf(otherTeam, 'night')).not.toContain('rate_limit')
  const elsewhere = await makeOrganization()
  expect(await kindsOf(elsewhere.admin, 'night')).toEqual([])
  expect(await kindsOf(elsewhere.admin, 'sandbox-gpt')).toEqual([])
})

test('leaves out what is archived', async () => {
  await archiveRoute({ ctx: here.admin, input: { id: routeId, reason: 'over' } })
  expect(await kindsOf(here.admin, 'night')).toEqual(['budget', 'cache_policy', 'rate_limit'])
})
