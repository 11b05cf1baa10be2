import { afterAll, beforeAll, expect, test } from 'vitest'
import { endExemptions } from '#lib/exemptions/end-exemptions.ts'
import { getExemption } from '#lib/exemptions/queries.ts'
import { revokeExemption } from '#lib/exemptions/revoke-exemption.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { type BudgetSuite, MOST, startBudgetSuite } from '#test/budget-suite.ts'
import { changeModel } from '#test/catalog.ts'
import { grantExemption, makeApprover } from '#test/exemption-suite.ts'
import { until, untilVersion } from '#test/gateway.ts'
import { eventOf, postJson } from '#test/governed-suite.ts'
import { inForce } from '#test/in-force.ts'

let suite: BudgetSuite
let approver: Context
let modelId: string

beforeAll(async () => {
  suite = await startBudgetSuite(2)
  approver = await makeApprover(suite.org)
  modelId = suite.catalog.models['sandbox-reasoner'] ?? ''
  const version = await changeModel(suite.org, modelId, { lifecycle: 'proposed' })
  for (const gateway of suite.gateways) await untilVersion(gateway, version)
})
afterAll(() => suite?.stop())

async function ask(at: number) {
  const messages = [{ role: 'user', content: 'Say hello' }]
  const gateway = suite.gateways[at % suite.gateways.length] ?? suite.gateway
  const said = { model: 'sandbox-reasoner', messages, max_tokens: 20 }
  const answer = await postJson(`${gateway.url}/v1/chat/completions`, suite.key, said)
  const text = await answer.text()
  return { answer, status: answer.status, spent: text.includes('exemption_spent'), text }
}

/** Calls all at once on both replicas, again and again until the cap refuses; gives how many passed. */
async function passUntilSpent(atOnce: number): Promise<number> {
  let passed = 0
  await until(
    'the cap refuses everywhere',
    async () => {
      const answers = await Promise.all(Array.from({ length: atOnce }, (_, index) => ask(index)))
      passed += answers.filter(({ status }) => status === 200).length
      return answers.every(({ spent }) => spent)
    },
    60_000,
  )
  return passed
}

const capOf = (exemptionId: string) =>
  databases().system.budget.findFirstOrThrow({ where: { exemptionId, unit: 'calls' }, include: { windows: true } })

test('as many calls as the cap says are let on, however many come at once and on whichever replica', async () => {
  const { id } = await grantExemption(suite.org, approver, { kind: 'model', modelIds: [modelId], requestCap: 13 })
  await inForce(suite.gateways)
  expect(await passUntilSpent(16)).toBe(13)
  const refused = await ask(0)
  expect(refused).toMatchObject({ status: 402, spent: true })
  expect(refused.text).toContain('may let on 13 calls in all and has')
  const event = await eventOf(refused.answer)
  expect(event).toMatchObject({ errorCode: 'exemption_spent', detail: { rule: `exemption:${id}` } })
  const { windows } = await until('its calls are recorded', async () => {
    const cap = await capOf(id)
    return cap.windows[0]?.spentNanoUsd === 13n && cap
  })
  expect(windows).toHaveLength(1)
  const { calls, refusedCalls } = await getExemption(suite.org.admin, id)
  expect([calls, refusedCalls > 0]).toEqual([13, true])
  await revokeExemption({ ctx: suite.org.admin, input: { id, reason: 'Over' } })
}, 90_000)

test('a call that fails is one of them, and with both caps each counts in its own unit', async () => {
  const version = await changeModel(suite.org, modelId, { lifecycle: 'under_review' })
  for (const gateway of suite.gateways) await untilVersion(gateway, version)
  const caps = { requestCap: 2, spendCapUsd: (Number(MOST * 50n) / 1e9).toFixed(9) }
  const key = await suite.issue()
  const subject = { kind: 'key', target: key.id }
  const { id } = await grantExemption(suite.org, approver, { kind: 'model', modelIds: [modelId], subject, ...caps })
  await inForce(suite.gateways)
  const call = (headers = {}) => {
    const messages = [{ role: 'user', content: 'Say hello' }]
    const said = { model: 'sandbox-reasoner', messages, max_tokens: 20 }
    return postJson(`${suite.gateway.url}/v1/chat/completions`, key.key, said, headers)
  }
  const failed = await call({ 'x-sandbox-fault': 'status=400' })
  expect(failed.status).toBe(400)
  expect((await eventOf(failed)).detail).toMatchObject({ exemptions: [id] })
  expect((await call()).status).toBe(200)
  expect(await (await call()).text()).toContain('exemption_spent')
  await until('both are recorded', async () => (await capOf(id)).windows[0]?.spentNanoUsd === 2n)
  const spent = await databases().system.budgetPeriod.findFirstOrThrow({ where: { budgetId: id } })
  expect(spent.spentNanoUsd).toBeGreaterThan(2n)
})

test('a request that something else refuses takes no call, and does not end it', async () => {
  const key = await suite.issue({ requestsPerMinute: 1 })
  const subject = { kind: 'key', target: key.id }
  const asked = { kind: 'model', modelIds: [modelId], subject, requestCap: 2 }
  const { id } = await grantExemption(suite.org, approver, asked)
  await inForce(suite.gateways)
  const call = () => {
    const said = { model: 'sandbox-reasoner', messages: [{ role: 'user', content: 'Say hello' }], max_tokens: 20 }
    return postJson(`${suite.gateway.url}/v1/chat/completions`, key.key, said)
  }
  const statuses: number[] = []
  for (let count = 0; count < 3; count++) statuses.push((await call()).status)
  expect(statuses).toEqual([200, 429, 429])
  const recorded = () => databases().system.requestEvent.count({ where: { keyId: key.id } })
  await until('all are recorded', async () => (await recorded()) === 3)
  await endExemptions()
  expect((await getExemption(suite.org.admin, id)).state).toBe('in_force')
  expect((await capOf(id)).windows[0]?.spentNanoUsd).toBe(1n)
})
