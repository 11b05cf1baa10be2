import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDataSource } from '#lib/data-sources/create-data-source.ts'
import { listDeployments } from '#lib/deployments/queries.ts'
import { databases } from '#lib/platform/database.ts'
import { createTier } from '#lib/tiers/create-tier.ts'
import { changeModel } from '#test/catalog.ts'
import { grantExemption, makeApprover } from '#test/exemption-suite.ts'
import { until, untilVersion } from '#test/gateway.ts'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { makeOrganization } from '#test/organization.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { createRoute } from './create-route.ts'
import { explainRouting } from './explain-routing.ts'
import { updateRoute } from './update-route.ts'

// Gateways of other suites would answer too.
const removeDatabase = await takeOwnDatabase()

let suite: GovernedSuite
beforeAll(async () => {
  suite = await startGovernedSuite({ GATEHOUSE_REGION: 'eu-north' })
})
afterAll(async () => {
  await suite.stop()
  await removeDatabase()
})

const explain = async (input: object) =>
  explainRouting({ ctx: suite.org.admin, input: { model: 'sandbox-gpt', ...input } })

const ask = (headers = {}) =>
  suite.post('/v1/chat/completions', { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'Hello' }] }, headers)

test('an explanation says what the call then does, with a draft and after it is saved', async () => {
  const mini = suite.catalog.models['sandbox-gpt-mini'] ?? ''
  await until('the gateway serves', async () => (await ask()).status === 200)
  const before = await explain({ teamId: suite.org.teamId })
  expect(before.explanation).toMatchObject({ route: null, winnerId: suite.catalog.models['sandbox-gpt'] })
  const route = {
    ...{ name: 'Small ones', scope: 'team', target: suite.org.teamId, objective: 'balanced', modelIds: [mini] },
    weights: { cost: 0, latency: 0, errors: 0, capability: 0, preference: 1 },
  }
  const preferred = { ...route, modelIds: [mini, suite.catalog.models['sandbox-gpt']] }
  const draft = await explain({ teamId: suite.org.teamId, draft: preferred })
  expect(draft.explanation).toMatchObject({ route: { name: 'Small ones', version: 1 }, winnerId: mini })
  expect((await ask()).headers.get('x-gatehouse-model')).toBe('sandbox-gpt')

  const { id } = await createRoute({ ctx: suite.org.admin, input: preferred })
  await until('calls go there', async () => (await ask()).headers.get('x-gatehouse-model') === 'sandbox-gpt-mini')
  const after = await explain({ teamId: suite.org.teamId })
  expect(after.explanation).toMatchObject({
    route: { id, version: 1 },
    winnerId: mini,
    replica: { region: 'eu-north' },
  })
  const candidates = after.explanation?.candidates ?? []
  expect(candidates.map(({ modelId, position }) => [modelId, position])).toEqual([
    [mini, 1],
    [suite.catalog.models['sandbox-gpt'], 2],
  ])
  expect(after.health.find(({ modelId }) => modelId === mini)?.replicas).toMatchObject([{ circuit: 'closed' }])
  const off = await explain({ teamId: suite.org.teamId, draft: { ...preferred, routeId: id, enabled: false } })
  expect(off.explanation).toMatchObject({ route: null, winnerId: suite.catalog.models['sandbox-gpt'] })
  await updateRoute({ ctx: suite.org.admin, input: { id, enabled: false } })
  await until('calls go back', async () => (await ask()).headers.get('x-gatehouse-model') === 'sandbox-gpt')
}, 60_000)

test('an exemption without which a model would be left out is named, for whom and what it is for', async () => {
  const modelId = suite.catalog.models['sandbox-reasoner'] ?? ''
  const version = await changeModel(suite.org, modelId, { lifecycle: 'proposed' })
  await untilVersion(suite.gateway, version)
  const subject = { kind: 'useCase', target: 'trial', teamId: suite.org.teamId }
  const input = { model: 'sandbox-reasoner', teamId: suite.org.teamId }
  expect((await explain({ ...input, useCase: 'trial' })).explanation).toMatchObject({ winnerId: null })
  const approver = await makeApprover(suite.org)
  const granted = await grantExemption(suite.org, approver, { kind: 'model', modelIds: [modelId], subject })
  const told = await until('the exemption is in force', async () => {
    const { explanation } = await explain({ ...input, useCase: 'trial' })
    return explanation?.winnerId === modelId && explanation
  })
  expect(told.candidates[0]?.exemptions).toEqual([{ id: granted.id, name: granted.title }])
  expect((await explain({ ...input, useCase: 'other' })).explanation).toMatchObject({ winnerId: null })
  expect((await explain({})).explanation?.candidates[0]?.exemptions).toEqual([])
}, 60_000)

test('a key explains for its own team and models, and a tier says where its data may go', async () => {
  const key = await suite.issue({ modelIds: [suite.catalog.models['sandbox-gpt-mini']] })
  await until('the key is known', async () => {
    const { explanation } = await explain({ keyId: key.id, model: 'sandbox-gpt-mini' })
    return explanation?.winnerId === suite.catalog.models['sandbox-gpt-mini']
  })
  expect((await explain({ keyId: key.id })).explanation).toMatchObject({ winnerId: null, refusal: { status: 403 } })
  const developer = await suite.org.person(['developer'], { teamId: null })
  const foreign = explainRouting({ ctx: developer, input: { keyId: key.id, model: 'sandbox-gpt' } })
  await expect(foreign).rejects.toMatchObject({ kind: 'not_found' })

  await createTier({ ctx: suite.org.admin, input: { name: 'Secret', rank: 30, regions: ['eu-north'] } })
  const told = await until('the tier is in force', async () => {
    const answer = await explain({ tier: 'Secret' })
    return answer.explanation?.tier === 'Secret' && answer
  })
  expect(told.tierBounds).toEqual({ name: 'Secret', regions: ['eu-north'], providers: [] })
  expect(told.explanation?.winnerId).toBeNull()
  expect(told.explanation?.candidates[0]?.leftOut.length).toBeGreaterThan(0)
}, 60_000)

test('data sources say where a request may go, and an unknown one is named', async () => {
  const facts = { name: 'Ledger', tier: 'Secret', regions: ['eu-north'], workloads: ['closing'] }
  const { slug } = await createDataSource({ ctx: suite.org.admin, input: facts })
  const told = await until('the data source is in force', async () => {
    const answer = await explain({ workload: 'closing' })
    return answer.explanation?.dataSources.length === 1 && answer
  })
  expect(told.explanation).toMatchObject({ tier: 'Secret', winnerId: null, dataSources: [{ slug, name: 'Ledger' }] })
  expect((await explain({ dataSources: [slug] })).explanation?.dataSources).toMatchObject([{ slug }])
  await expect(explain({ dataSources: ['gone'] })).rejects.toMatchObject({ kind: 'invalid_input' })
  await expect(explain({ tier: 'Gone' })).rejects.toMatchObject({ kind: 'invalid_input' })
}, 60_000)

test('deployments are one’s own organization’s, as replicas measured them', async () => {
  const { data, answered, silent } = await listDeployments(suite.org.admin)
  expect([answered.length, silent]).toEqual([1, []])
  expect(data.find(({ identifier }) => identifier === 'sandbox-gpt')?.replicas[0]?.calls).toBeGreaterThan(0)
  const elsewhere = await makeOrganization()
  expect((await listDeployments(elsewhere.admin)).data).toEqual([])
  const nobody = await suite.org.person([])
  await expect(listDeployments(nobody)).rejects.toThrow(/routes.read/)
})

test('a replica that does not answer is named, and without one nothing is said', async () => {
  const { system } = databases()
  await system.gatewayReplica.updateMany({ data: { adminUrl: 'http://127.0.0.1:1' } })
  const answer = await explain({})
  expect(answer.explanation).toBeNull()
  expect(answer.silent).toHaveLength(1)
  expect((await listDeployments(suite.org.admin)).answered).toEqual([])
})
