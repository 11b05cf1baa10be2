import { afterAll, beforeAll, expect, test } from 'vitest'
import { approveRequest } from '#lib/approvals/decide-approval.ts'
import { createModelRequest } from '#lib/model-requests/create-model-request.ts'
import { changeModelLifecycle } from '#lib/models/change-model-lifecycle.ts'
import { requestModelLifecycle } from '#lib/models/request-model-lifecycle.ts'
import { databases } from '#lib/platform/database.ts'
import { until } from '#test/gateway.ts'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite
beforeAll(async () => {
  suite = await startGovernedSuite()
})
afterAll(() => suite.stop())

const messages = [{ role: 'user', content: 'hello' }]
const statusOf = async (model: string, headers: Record<string, string> = {}) => {
  const answer = await suite.post('/v1/chat/completions', { model, messages }, headers)
  await answer.text()
  return answer.status
}

/** Milliseconds until calls are answered with a status. */
async function takesEffect(model: string, status: number, headers: Record<string, string> = {}): Promise<number> {
  const began = performance.now()
  await until(`${model} answers ${status}`, async () => (await statusOf(model, headers)) === status)
  return Math.round(performance.now() - began)
}

test('a model that was asked for can be called once it is approved, by whom it is for, until it is blocked', async () => {
  const developer = await suite.org.person(['developer'])
  const approver = await suite.org.person(['approver'])
  const operations = await suite.org.person(['operations'])
  const headers = { 'x-gatehouse-use-case': 'triage' }
  const asked = await createModelRequest({
    ctx: developer,
    input: {
      identifier: 'asked-for',
      providerId: suite.catalog.providerId,
      upstreamModel: 'sandbox-gpt',
      purpose: 'Tickets are sorted',
      alternatives: 'None',
      tiers: ['Public'],
      onlyFor: { useCases: ['triage'] },
    },
  })
  expect(await statusOf('asked-for', headers)).toBe(404)
  await approveRequest({ ctx: approver, input: { id: asked.approvalId } })
  const approved = await takesEffect('asked-for', 200, headers)
  expect(await statusOf('asked-for')).toBe(403)
  const { id } = await databases().system.model.findFirstOrThrow({ where: { identifier: 'asked-for' } })
  await changeModelLifecycle({ ctx: operations, input: { id, lifecycle: 'blocked', reason: 'It leaks' } })
  const blocked = await takesEffect('asked-for', 403, headers)
  const again = { id, lifecycle: 'approved', onlyFor: { useCases: [], teamIds: [], workloads: [] }, reason: 'Mended' }
  const { approvalId } = await requestModelLifecycle({ ctx: operations, input: again })
  expect(await statusOf('asked-for', headers)).toBe(403)
  await approveRequest({ ctx: approver, input: { id: approvalId } })
  const unblocked = await takesEffect('asked-for', 200)
  console.info(`in force after: approved ${approved} ms, blocked ${blocked} ms, brought back ${unblocked} ms`)
})
