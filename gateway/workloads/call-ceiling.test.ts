import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConfigDocumentInput } from '#core/contracts/config-documents.ts'
import { newId } from '#core/ids.ts'
import type { RouteExplanation } from '#core/routing/explanation.ts'
import { approveRequest } from '#lib/approvals/decide-approval.ts'
import { getBrief } from '#lib/briefs/queries.ts'
import { submitBrief } from '#lib/briefs/submit-brief.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { databases } from '#lib/platform/database.ts'
import { explainRouting } from '#lib/routes/explain-routing.ts'
import { getWorkload } from '#lib/workloads/queries.ts'
import { changeModel } from '#test/catalog.ts'
import { untilVersion } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { inForce } from '#test/in-force.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { writeBrief } from '#test/whole-brief.ts'

// Gateways of other suites would explain too.
const removeDatabase = await takeOwnDatabase()

let suite: GovernedSuite

beforeAll(async () => {
  suite = await startGovernedSuite()
  await installGuardrails({ ctx: suite.org.admin, input: {} })
})
afterAll(async () => {
  await suite?.stop()
  await removeDatabase()
})

/** A workload as a brief makes it that lets a call cost so much. */
async function briefed(costPerCallUsd: string, models: readonly string[]): Promise<{ id: string; slug: string }> {
  const { org, catalog } = suite
  const author = await org.person(['developer'])
  const owner = await org.person(['developer'])
  const board = await org.person(['board_member'], { teamId: null })
  const modelIds = models.map(name => catalog.models[name] ?? '')
  const terms = { name: `Claims ${newId()}`, teamId: org.teamId, ownerId: owner.actor.id ?? '', modelIds }
  const { id } = await writeBrief(author, { ...terms, content: { costPerCallUsd, inputTier: 'Public' } })
  const { approvalId } = await submitBrief({ ctx: author, input: { id } })
  await approveRequest({ ctx: board, input: { id: approvalId ?? '' } })
  await inForce([suite.gateway])
  const { workloadId } = await getBrief(author, id)
  const { slug, costPerCallUsd: bound } = await getWorkload(org.admin, workloadId ?? '')
  expect(Number(bound)).toBe(Number(costPerCallUsd))
  return { id: workloadId ?? '', slug }
}

async function call(slug: string, max_tokens: number, model = 'sandbox-gpt') {
  const body = { model, messages: [{ role: 'user', content: 'hi' }], max_tokens }
  const answer = await postJson(`${suite.gateway.url}/v1/chat/completions`, suite.key, body, {
    'x-gatehouse-workload': slug,
  })
  const { error } = (await answer.json()) as { error?: { code: string; message: string } }
  return { answer, status: answer.status, code: error?.code, message: error?.message }
}

/** What the gateway would do with such a call. */
async function explain(workload: string, maxOutputTokens: number, model = 'sandbox-gpt'): Promise<RouteExplanation> {
  const input = { model, workload, maxOutputTokens, inputTokens: 50, teamId: suite.org.teamId }
  const { explanation } = await explainRouting({ ctx: suite.org.admin, input })
  if (!explanation) throw new Error('no replica explained')
  return explanation
}

test('a call that could cost more than the brief lets one is refused, and names the brief and the way out', async () => {
  const { id, slug } = await briefed('0.005', ['sandbox-gpt'])
  expect((await call(slug, 50)).status).toBe(200)
  const refused = await call(slug, 4_000)
  expect(refused).toMatchObject({ status: 402, code: 'workload_cost_exceeded' })
  expect(refused.message).toContain(`The brief of the workload "${slug}" lets a call cost USD 0.005 at most`)
  expect(refused.message).toContain('Lower max_tokens')
  expect(await eventOf(refused.answer)).toMatchObject({
    outcome: 'refused',
    costNanoUsd: null,
    detail: { rule: `workload:${id}` },
  })
})

test('what a model without a price could cost is not known, so it is not called within a bound', async () => {
  const reasoner = suite.catalog.models['sandbox-reasoner'] ?? ''
  await untilVersion(suite.gateway, await changeModel(suite.org, reasoner, { prices: [] }))
  const { id, slug } = await briefed('5', ['sandbox-reasoner'])
  const refused = await call(slug, 50, 'sandbox-reasoner')
  expect(refused).toMatchObject({ status: 402, code: 'workload_cost_exceeded' })
  expect(refused.message).toMatch(/the model has no price\. Have its price added to the catalog/)
  expect(await eventOf(refused.answer)).toMatchObject({ detail: { rule: `workload:${id}` } })
  const explained = await explain(slug, 50, 'sandbox-reasoner')
  expect(explained.refusal).toMatchObject({ status: 402, message: refused.message })
  expect(explained).toMatchObject({ winnerId: null, candidates: [{ leftOut: [{ code: 'workload_cost' }] }] })
  const { status } = await call(newId(), 50, 'sandbox-reasoner')
  expect(status).toBe(200)
})

test('an explanation holds a request to the ceiling as its call is held', async () => {
  const { slug } = await briefed('0.005', ['sandbox-gpt'])
  expect((await explain(slug, 50)).winnerId).toBe(suite.catalog.models['sandbox-gpt'])
  const { refusal, winnerId, candidates } = await explain(slug, 4_000)
  expect({ refusal, winnerId }).toMatchObject({ winnerId: null, refusal: { code: 'workload_cost_exceeded' } })
  expect(candidates[0]?.leftOut).toMatchObject([{ code: 'workload_cost' }])
})

test('of several models of its route, those with which it could cost more are left out', async () => {
  const mini = suite.catalog.models['sandbox-gpt-mini'] ?? ''
  const { doc } = await databases().system.gatewayConfig.findFirstOrThrow({ where: { id: mini } })
  const { prices } = doc as ConfigDocumentInput<'model'>
  const cheap = prices.map(price => ({ ...price, input: '1000000', output: '1000000' }))
  await untilVersion(suite.gateway, await changeModel(suite.org, mini, { prices: cheap }))
  const { slug } = await briefed('0.005', ['sandbox-gpt', 'sandbox-gpt-mini'])
  const small = await call(slug, 50)
  expect(small.answer.headers.get('x-gatehouse-model')).toBe('sandbox-gpt')
  const large = await call(slug, 4_000)
  expect(large.status).toBe(200)
  expect(large.answer.headers.get('x-gatehouse-model')).toBe('sandbox-gpt-mini')
})
