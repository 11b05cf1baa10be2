import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { approveRequest } from '#lib/approvals/decide-approval.ts'
import { getApproval } from '#lib/approvals/queries.ts'
import { getBrief } from '#lib/briefs/queries.ts'
import { submitBrief } from '#lib/briefs/submit-brief.ts'
import { createDataSource } from '#lib/data-sources/create-data-source.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { createRateLimit } from '#lib/rate-limits/create-rate-limit.ts'
import { getWorkload, workloadHistory } from '#lib/workloads/queries.ts'
import { requestTransition } from '#lib/workloads/request-transition.ts'
import { listTransitions } from '#lib/workloads/transitions.ts'
import { until } from '#test/gateway.ts'
import { type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { inForce } from '#test/in-force.ts'
import { writeBrief } from '#test/whole-brief.ts'

let suite: GovernedSuite
let author: Context
let owner: Context
let board: Context

beforeAll(async () => {
  suite = await startGovernedSuite()
  await installGuardrails({ ctx: suite.org.admin, input: {} })
  author = await suite.org.person(['developer'])
  owner = await suite.org.person(['developer'])
  board = await suite.org.person(['board_member'], { teamId: null })
})
afterAll(() => suite?.stop())

const HEADER = 'x-gatehouse-workload'

async function call(
  key: string,
  slug: string,
  model = 'sandbox-gpt',
): Promise<{ status: number; code: string | undefined }> {
  const body = { model, messages: [{ role: 'user', content: 'hi' }] }
  const answer = await postJson(`${suite.gateway.url}/v1/chat/completions`, key, body, { [HEADER]: slug })
  const { error } = (await answer.json()) as { error?: { code: string } }
  return { status: answer.status, code: error?.code }
}

/** Calls until the gateway answers so, and says how long after the decision that was. */
async function answersWith(code: string | undefined, key: string, slug: string, what: string): Promise<void> {
  const began = performance.now()
  await until(what, async () => (await call(key, slug)).code === code)
  process.stdout.write(`${what}: ${Math.round(performance.now() - began)} ms after the decision\n`)
}

async function fromBrief(): Promise<{ id: string; slug: string }> {
  const { org, catalog } = suite
  const modelIds = [catalog.models['sandbox-gpt'] ?? '']
  const terms = { name: `Claims ${newId()}`, teamId: org.teamId, ownerId: owner.actor.id ?? '', modelIds }
  const { id } = await writeBrief(author, terms)
  const { approvalId } = await submitBrief({ ctx: author, input: { id } })
  await approveRequest({ ctx: board, input: { id: approvalId ?? '' } })
  const { workloadId } = await getBrief(author, id)
  const { slug } = await getWorkload(author, workloadId ?? '')
  return { id: workloadId ?? '', slug }
}

async function go(id: string, to: string, more: object = {}): Promise<void> {
  const input = { id, to, reason: 'It is time', ...more }
  const { approvalId } = await requestTransition({ ctx: owner, input })
  await approveRequest({ ctx: board, input: { id: approvalId, reason: 'Seen in the pilot' } })
}

const WAIVE = { waive: ['golden_dataset', 'evaluation', 'adversarial', 'exemptions'] }

test('a workload goes from its brief to its end, and the gateway with it', async () => {
  const { org } = suite
  const production = await suite.issue({ environment: 'production' })
  const { id, slug } = await fromBrief()
  await answersWith(undefined, suite.key, slug, 'a workload is approved and served')
  expect(await call(suite.key, slug, 'sandbox-gpt-mini')).toMatchObject({ code: 'model_outside_workload' })
  expect(await call(production.key, slug)).toMatchObject({ code: 'workload_not_in_environment' })

  await go(id, 'staging')
  await expect(requestTransition({ ctx: owner, input: { id, to: 'production', reason: 'Go' } })).rejects.toThrow(
    /golden/,
  )
  await go(id, 'production', WAIVE)
  await answersWith(undefined, production.key, slug, 'a key for production is served')

  const bound = await suite.issue({ workloadId: id })
  const limit = { name: 'Bound', scope: 'key', target: bound.id, measure: 'requests', window: 'minute', limit: 500 }
  await createRateLimit({ ctx: org.admin, input: limit })
  const source = { name: `Files ${newId()}`, tier: 'Internal', workloads: [slug, 'another'] }
  const { id: sourceId } = await createDataSource({ ctx: org.admin, input: source })
  const nextYear = new Date(Date.now() + 365 * 86_400_000).toISOString()
  await go(id, 'deprecated', { sunsetAt: nextYear, migrationPlan: 'Use the new one' })
  const ends = (await listTransitions(owner, id)).find(({ to }) => to === 'decommissioned')
  expect(ends?.reclaimed.map(({ kind }) => kind)).toEqual(['key', 'budget', 'route', 'rate_limit', 'data_source'])

  await inForce([suite.gateway])
  expect((await call(bound.key, 'whatever')).status).toBe(200)
  await go(id, 'decommissioned', { waive: ['quiet'] })
  await answersWith('workload_decommissioned', suite.key, slug, 'a decommissioned workload is refused')
  expect(await call(bound.key, slug)).toMatchObject({ status: 401, code: 'revoked_api_key' })
  const { system } = databases()
  const own = { organizationId: org.id, target: slug, archivedAt: null }
  expect([await system.budget.count({ where: own }), await system.route.count({ where: own })]).toEqual([0, 0])
  expect(await system.dataSource.findUnique({ where: { id: sourceId } })).toMatchObject({ workloads: ['another'] })
  const places = (await workloadHistory(owner, id)).flatMap(({ changes }) =>
    changes.filter(({ field }) => field === 'lifecycle').map(({ after }) => after),
  )
  expect(places).toEqual(['decommissioned', 'deprecated', 'production', 'staging', 'development'])
  await expect(suite.issue({ workloadId: id })).rejects.toMatchObject({ kind: 'invalid_input' })
})

test('what would end with it is what is approved: one key more, and it has to be asked for anew', async () => {
  const { id } = await fromBrief()
  const input = { id, to: 'decommissioned', reason: 'Nobody uses it', waive: ['quiet'] }
  const { approvalId } = await requestTransition({ ctx: owner, input })
  await suite.issue({ workloadId: id })
  const decided = await approveRequest({ ctx: board, input: { id: approvalId, reason: 'Fine' } })
  expect(decided.state).toBe('voided')
  expect((await getWorkload(owner, id)).lifecycle).toBe('development')
})

test('what is let go of needs a reason, nobody decides on their own, and strangers ask for nothing', async () => {
  const { id } = await fromBrief()
  await go(id, 'staging')
  const input = { id, to: 'production', reason: 'Go', ...WAIVE }
  for (const roles of [['developer'], ['auditor']] as const) {
    await expect(requestTransition({ ctx: await suite.org.person([...roles]), input })).rejects.toMatchObject({
      kind: roles[0] === 'auditor' ? 'permission_denied' : 'not_found',
    })
  }
  const skip = requestTransition({ ctx: owner, input: { ...input, waive: [...WAIVE.waive, 'brief'] } })
  await expect(skip).rejects.toMatchObject({ kind: 'invalid_input' })
  const { approvalId } = await requestTransition({ ctx: owner, input })
  await expect(approveRequest({ ctx: owner, input: { id: approvalId, reason: 'Mine' } })).rejects.toMatchObject({
    kind: 'permission_denied',
  })
  expect((await getApproval(board, approvalId)).approvalAsks).toMatch(/^Say why this is let go of: /)
  await expect(approveRequest({ ctx: board, input: { id: approvalId } })).rejects.toThrow(/with a reason/)
  const once = await Promise.allSettled(
    [1, 2, 3].map(() => approveRequest({ ctx: board, input: { id: approvalId, reason: 'Evidence was shown' } })),
  )
  expect(once.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await getWorkload(owner, id)).lifecycle).toBe('production')
})
