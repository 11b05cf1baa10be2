import { afterAll, beforeAll, expect, test } from 'vitest'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { listDetectors } from '#lib/detectors/queries.ts'
import { endExemptions } from '#lib/exemptions/end-exemptions.ts'
import { getExemption } from '#lib/exemptions/queries.ts'
import { revokeExemption } from '#lib/exemptions/revoke-exemption.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { type BudgetSuite, MOST, spentOf, startBudgetSuite } from '#test/budget-suite.ts'
import { changeModel } from '#test/catalog.ts'
import { grantExemption, makeApprover } from '#test/exemption-suite.ts'
import { until, untilVersion } from '#test/gateway.ts'
import { eventOf } from '#test/governed-suite.ts'
import { inForce } from '#test/in-force.ts'

let suite: BudgetSuite
let approver: Context

beforeAll(async () => {
  suite = await startBudgetSuite(2)
  await installGuardrails({ ctx: suite.org.admin, input: {} })
  await inForce(suite.gateways)
  approver = await makeApprover(suite.org)
})
afterAll(() => suite?.stop())

const PASSWORD = 'password: Tr0ub4dor&3x'

async function say(content: string, headers: Record<string, string> = {}, model = 'sandbox-gpt') {
  const body = { model, messages: [{ role: 'user', content }], max_tokens: 20 }
  const answer = await suite.post('/v1/chat/completions', body, headers)
  const json = (await answer.json()) as { error?: { code: string; gatehouse?: { rule: string } } }
  return { status: answer.status, code: json.error?.code, rule: json.error?.gatehouse?.rule, headers: answer.headers }
}

const RESTRICTED = { 'x-gatehouse-data-class': 'Restricted' }
const nano = (amount: bigint) => (Number(amount) / 1e9).toFixed(9)

test('data of a tier goes to a model that is not approved for it, up to the tier that is named', async () => {
  const modelIds = [suite.catalog.models['sandbox-gpt']]
  expect(await say('Hello', RESTRICTED)).toMatchObject({ status: 403, code: 'tier_not_allowed' })
  const low = await grantExemption(suite.org, approver, { kind: 'tier', modelIds, tier: 'Internal' })
  await inForce(suite.gateways)
  expect(await say('Hello', RESTRICTED)).toMatchObject({ status: 403, code: 'tier_not_allowed' })
  const high = await grantExemption(suite.org, approver, { kind: 'tier', modelIds, tier: 'Restricted' })
  await inForce(suite.gateways)
  const answer = await say('Hello', RESTRICTED)
  expect(answer.status).toBe(200)
  expect((await eventOf(answer)).detail).toMatchObject({ exemptions: [high.id] })
  expect((await say('Hello')).headers.get('x-gatehouse-exemption')).toBeNull()
  for (const { id } of [low, high]) await revokeExemption({ ctx: suite.org.admin, input: { id, reason: 'Over' } })
  await inForce(suite.gateways)
  expect((await say('Hello', RESTRICTED)).status).toBe(403)
})

test('a model that is restricted to others is called by its name, and by nobody else', async () => {
  const id = suite.catalog.models['sandbox-claude'] ?? ''
  const onlyFor = { useCases: ['contracts'], teamIds: [], workloads: [] }
  const version = await changeModel(suite.org, id, { lifecycle: 'restricted', onlyFor })
  for (const gateway of suite.gateways) await untilVersion(gateway, version)
  const ask = () => say('Hello', {}, 'sandbox-claude')
  expect(await ask()).toMatchObject({ status: 403, code: 'model_use_restricted' })
  const granted = await grantExemption(suite.org, approver, { kind: 'model', modelIds: [id] })
  await inForce(suite.gateways)
  const answer = await ask()
  expect(answer.status).toBe(200)
  expect((await eventOf(answer)).detail).toMatchObject({ exemptions: [granted.id] })
  const meant = await say('Hello', { 'x-gatehouse-use-case': 'contracts' }, 'sandbox-claude')
  expect([meant.status, meant.headers.get('x-gatehouse-exemption')]).toEqual([200, null])
  await revokeExemption({ ctx: suite.org.admin, input: { id: granted.id, reason: 'Over' } })
  await inForce(suite.gateways)
  expect((await ask()).status).toBe(403)
})

test('a guardrail counts and does nothing, but not to the most sensitive tier', async () => {
  const secret = (await listDetectors(suite.org.admin)).find(one => one.detector === 'secret')
  expect(await say(PASSWORD)).toMatchObject({ status: 403, code: 'content_blocked' })
  const { id } = await grantExemption(suite.org, approver, { kind: 'guardrail', guardrailIds: [secret?.id] })
  await inForce(suite.gateways)
  const answer = await say(PASSWORD)
  expect(answer.status).toBe(200)
  const event = await eventOf(answer)
  expect(event.detail).toMatchObject({
    exemptions: [id],
    findings: [{ detector: 'secret', action: 'block', shadow: true }],
  })
  const version = await changeModel(suite.org, suite.catalog.models['sandbox-gpt'] ?? '', { tiers: ['Restricted'] })
  for (const gateway of suite.gateways) await untilVersion(gateway, version)
  expect(await say(PASSWORD, RESTRICTED)).toMatchObject({ status: 403, code: 'content_blocked' })
  await revokeExemption({ ctx: suite.org.admin, input: { id, reason: 'Over' } })
  await inForce(suite.gateways)
  expect((await say(PASSWORD)).status).toBe(403)
})

test('a spent budget does not refuse until the exemption’s own cap has no room, which nothing passes', async () => {
  const budget = await suite.makeBudget('0.001')
  await until('the budget is spent', async () => {
    const answer = await suite.ask(budget)
    await answer.text()
    return answer.status === 402
  })
  const before = await until('the budget’s spend is recorded', async () => {
    const { spent } = await spentOf(budget)
    return spent > 0n ? spent : null
  })
  const cap = MOST * 6n
  const subject = { kind: 'workload', target: budget.target, teamId: suite.org.teamId }
  const { id } = await grantExemption(suite.org, approver, {
    ...{ kind: 'cost', budgetIds: [budget.id], subject, spendCapUsd: nano(cap) },
  })
  await inForce(suite.gateways)
  const answer = await until('calls pass again', async () => {
    const tried = await suite.ask(budget)
    await tried.text()
    return tried.status === 200 ? tried : null
  })
  const event = await eventOf(answer)
  expect(event.detail).toMatchObject({ exemptions: [id] })
  expect(event.budgetIds).toContain(budget.id)
  const burst = async () => {
    const statuses = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const tried = await suite.ask(budget, { gateway: suite.gateways[index % 2] })
        const text = await tried.text()
        return text.includes('exemption_spent') ? 'spent' : tried.status
      }),
    )
    return statuses.includes('spent')
  }
  await until('the cap refuses', burst, 60_000)
  await until('evidence is there', async () => (await getExemption(suite.org.admin, id)).refusedCalls > 0)
  const { spentUsd, calls } = await getExemption(suite.org.admin, id)
  process.stderr.write(`${calls} calls, USD ${spentUsd} of ${nano(cap)}\n`)
  expect(Number(spentUsd)).toBeLessThanOrEqual(Number(nano(cap)))
  await until('the budget is charged with what it did not refuse', async () => (await spentOf(budget)).spent > before)
}, 90_000)

test('the calls that it may let on are counted, and the last of them ends it', async () => {
  const modelId = suite.catalog.models['sandbox-reasoner'] ?? ''
  const version = await changeModel(suite.org, modelId, { lifecycle: 'under_review' })
  for (const gateway of suite.gateways) await untilVersion(gateway, version)
  const { id } = await grantExemption(suite.org, approver, { kind: 'model', modelIds: [modelId], requestCap: 3 })
  await inForce(suite.gateways)
  for (let call = 0; call < 3; call++) expect((await say('Hello', {}, 'sandbox-reasoner')).status).toBe(200)
  expect(await say('Hello', {}, 'sandbox-reasoner')).toMatchObject({ status: 402, code: 'exemption_spent' })
  await until('the calls are counted', async () => (await getExemption(suite.org.admin, id)).calls === 3)
  await until('it is ended', async () => {
    await endExemptions()
    return (await getExemption(suite.org.admin, id)).state === 'broken'
  })
  await inForce(suite.gateways)
  expect((await say('Hello', {}, 'sandbox-reasoner')).status).toBe(403)
  const told = await databases().system.notice.findMany({ where: { organizationId: suite.org.id, kind: 'exemption' } })
  expect(told.some(one => one.title.includes('a condition is broken'))).toBe(true)
})
