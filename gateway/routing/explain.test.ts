import { afterAll, beforeAll, expect, test } from 'vitest'
import { OPERATION_NAMES } from '#core/contracts/operation-names.ts'
import { newId } from '#core/ids.ts'
import { OPERATIONS } from '#gateway/operations.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

let suite: RoutingSuite

const tier = (name: string, rank: number) => ({
  ...{ name, rank, contentLogging: 'full' as const, cacheable: true },
  ...{ regions: [], providerIds: [] },
})
const PATIENTS = { slug: 'patients', name: 'Patients', tier: 'Restricted', regions: ['eu'], workloads: ['triage'] }
const USED = [{ slug: 'patients', name: 'Patients', tier: 'Restricted', regions: ['eu'] }]

beforeAll(async () => {
  suite = await startRoutingSuite()
  await suite.publish('tier', newId(), tier('Public', 0))
  await suite.publish('tier', newId(), tier('Restricted', 9))
  await suite.publish('data_source', newId(), PATIENTS)
  for (const { catalog } of [suite, suite.other]) {
    await suite.changeModel(catalog.models['sandbox-gpt'] as string, { tiers: ['Restricted'] })
  }
})
afterAll(() => suite?.stop())

const asked = async (headers: Record<string, string>) => {
  const answer = await suite.chat('b-sandbox-gpt', {}, headers)
  const { error } = (await answer.json()) as { error?: { code: string; message: string } }
  return { status: answer.status, code: error?.code, message: error?.message }
}

test.each([
  { by: 'caller', header: 'x-gatehouse-data-source', value: 'patients', request: { dataSources: ['patients'] } },
  { by: 'workload', header: 'x-gatehouse-workload', value: 'triage', request: { workload: 'triage' } },
])('data that the $by implies decides the tier and the region, as in a call', async ({ header, value, request }) => {
  const refused = await asked({ [header]: value })
  expect(refused).toMatchObject({ status: 403, code: 'tier_not_allowed' })
  const explained = await suite.explain({ model: 'b-sandbox-gpt', ...request })
  expect(explained).toMatchObject({ tier: 'Restricted', dataSources: USED, winnerId: null })
  expect(explained.refusal).toEqual(refused)
  expect(explained.candidates[0]?.leftOut).toMatchObject([{ code: 'data_region' }])
  const there = await suite.explain({ model: 'sandbox-gpt', ...request })
  expect(there.winnerId).toBe(suite.catalog.models['sandbox-gpt'])
})

test('without it nothing is known of any data, and a name that is none is an error as in a call', async () => {
  const explained = await suite.explain({ model: 'b-sandbox-gpt' })
  expect(explained).toMatchObject({ tier: 'Public', dataSources: [], refusal: null })
  await expect(suite.explain({ model: 'b-sandbox-gpt', dataSources: ['nothing'] })).rejects.toThrow(
    /400.*is no data source/,
  )
})

const MODEL: Readonly<Record<string, string>> = {
  ...{ embeddings: 'sandbox-embed', moderations: 'sandbox-moderation' },
  ...{ messages: 'sandbox-claude', count_tokens: 'sandbox-claude' },
}

test.each(OPERATION_NAMES.map(name => ({ name })))('%o is explained', async ({ name }) => {
  expect(OPERATIONS.map(operation => operation.name).sort()).toEqual([...OPERATION_NAMES].sort())
  const model = MODEL[name] ?? 'sandbox-gpt'
  const explained = await suite.explain({ model, operation: name })
  expect(explained.winnerId).toBe(suite.catalog.models[model])
  const free = name === 'moderations' || name === 'count_tokens'
  expect(explained.candidates[0]?.mostCostNanoUsd === '0').toBe(free)
})

test('a count of tokens stays at the model that was named', async () => {
  const ids = [suite.other.catalog.models['sandbox-claude'], suite.catalog.models['sandbox-claude']]
  const route = await suite.route({ modelIds: ids as string[] })
  const counted = await suite.explain({ model: 'sandbox-claude', operation: 'count_tokens' })
  expect(counted.winnerId).toBe(suite.catalog.models['sandbox-claude'])
  expect(counted.candidates[1]?.leftOut).toMatchObject([{ code: 'provider_state' }])
  const written = await suite.explain({ model: 'sandbox-claude', operation: 'messages' })
  expect(written.winnerId).toBe(suite.other.catalog.models['sandbox-claude'])
  await suite.withdraw('route', route)
})
