import { afterAll, beforeAll, expect, test } from 'vitest'
import { getExemption } from '#lib/exemptions/queries.ts'
import { requestExemption } from '#lib/exemptions/request-exemption.ts'
import { revokeExemption } from '#lib/exemptions/revoke-exemption.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { listRequests } from '#lib/requests/queries.ts'
import { changeModel } from '#test/catalog.ts'
import { exemptionInput, grantExemption, inMs, makeApprover } from '#test/exemption-suite.ts'
import { until, untilVersion } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { inForce } from '#test/in-force.ts'

let suite: GovernedSuite
let approver: Context
let modelId: string

beforeAll(async () => {
  suite = await startGovernedSuite()
  approver = await makeApprover(suite.org)
  modelId = suite.catalog.models['sandbox-reasoner'] ?? ''
  await untilVersion(suite.gateway, await changeModel(suite.org, modelId, { lifecycle: 'proposed' }))
})
afterAll(() => suite?.stop())

async function ask(headers: Record<string, string> = {}, key = suite.key) {
  const body = { model: 'sandbox-reasoner', messages: [{ role: 'user', content: 'Say hello' }], max_tokens: 20 }
  const answer = await postJson(`${suite.gateway.url}/v1/chat/completions`, key, body, headers)
  const json = (await answer.json()) as { error?: { code: string; gatehouse?: { rule: string } } }
  return { status: answer.status, code: json.error?.code ?? null, headers: answer.headers }
}

const refusedNow = async (headers?: Record<string, string>) => (await ask(headers)).status === 403
const passesNow = async (headers?: Record<string, string>) => (await ask(headers)).status === 200

test('a model that is not approved is called from the approval on until the revocation, and evidence names the exemption', async () => {
  expect(await ask()).toMatchObject({ status: 403, code: 'model_not_available' })
  const { id } = await grantExemption(suite.org, approver, { kind: 'model', modelIds: [modelId] })
  const granted = performance.now()
  await until('the exempted call passes', passesNow)
  const grantMs = performance.now() - granted
  const answer = await ask()
  expect(answer.headers.get('x-gatehouse-exemption')).toBe(id)
  const event = await eventOf(answer)
  expect(event.detail).toMatchObject({ exemptions: [id] })
  const { data } = await listRequests(suite.org.admin, { exemptionId: id })
  expect(data.map(one => one.id)).toContain(event.id)
  const listed = await fetch(`${suite.gateway.url}/v1/models`, { headers: { authorization: `Bearer ${suite.key}` } })
  expect(JSON.stringify(await listed.json())).toContain('"sandbox-reasoner"')
  const { calls, spentUsd } = await getExemption(suite.org.admin, id)
  expect([calls >= 2, Number(spentUsd) > 0]).toEqual([true, true])
  await revokeExemption({ ctx: suite.org.admin, input: { id, reason: 'Found another way' } })
  const revoked = performance.now()
  await until('the revoked exemption allows nothing', refusedNow)
  process.stderr.write(
    `granted in ${grantMs.toFixed(0)} ms, revoked in ${(performance.now() - revoked).toFixed(0)} ms\n`,
  )
})

test('an exemption ends at the second of its expiry, with nobody doing anything', async () => {
  const endsAt = inMs(3_000)
  await grantExemption(suite.org, approver, { kind: 'model', modelIds: [modelId], endsAt })
  await until('it allows', passesNow)
  const last = await until('it has ended', async () => {
    const before = Date.now()
    return (await ask()).status === 403 ? before : null
  })
  expect(last).toBeGreaterThanOrEqual(Date.parse(endsAt) - 1_000)
  const during = await databases().system.requestEvent.findMany({
    where: { organizationId: suite.org.id, status: 200, occurredAt: { gte: new Date(endsAt) } },
  })
  expect(during).toEqual([])
})

test('one that begins later allows nothing before', async () => {
  const startsAt = inMs(2_500)
  await grantExemption(suite.org, approver, { kind: 'model', modelIds: [modelId], startsAt, endsAt: inMs(60_000) })
  await inForce([suite.gateway])
  if (Date.now() < Date.parse(startsAt) - 500) expect(await refusedNow()).toBe(true)
  const { occurredAt } = await eventOf(
    await until('it has begun', async () => {
      const answer = await ask()
      return answer.status === 200 ? answer : null
    }),
  )
  expect(occurredAt.getTime()).toBeGreaterThanOrEqual(Date.parse(startsAt))
  await databases().system.exemption.findFirstOrThrow({ where: { organizationId: suite.org.id } })
  const running = await databases().system.exemption.findMany({
    where: { organizationId: suite.org.id, status: 'approved' },
  })
  for (const { id } of running.filter(one => one.endsAt > new Date())) {
    await revokeExemption({ ctx: suite.org.admin, input: { id, reason: 'Over' } })
  }
  await until('none is left', refusedNow)
})

test('a workload’s name is believed of the exempted team’s keys only', async () => {
  const other = await databases().system.team.create({
    data: { id: crypto.randomUUID(), organizationId: suite.org.id, name: 'Other', slug: 'other', keyBounds: {} },
  })
  const workload = { kind: 'workload', target: 'trial', teamId: suite.org.teamId }
  const { id } = await grantExemption(suite.org, approver, { kind: 'model', modelIds: [modelId], subject: workload })
  await until('the workload is exempt', () => passesNow({ 'x-gatehouse-workload': 'trial' }))
  expect(await refusedNow()).toBe(true)
  const row = await databases().system.gatewayConfig.findFirstOrThrow({ where: { id } })
  const doc = row.doc as { subject: { teamId: string } }
  await databases().system.$executeRaw`
    select publish_config(${suite.org.id}::uuid, 'exemption', ${id}::uuid,
      ${JSON.stringify({ ...doc, subject: { ...doc.subject, teamId: other.id } })}::jsonb, false)::text`
  await until('another team’s word is not this team’s', () => refusedNow({ 'x-gatehouse-workload': 'trial' }))
})

test('an exemption that cannot be read grants nothing', async () => {
  const { id } = await grantExemption(suite.org, approver, { kind: 'model', modelIds: [modelId] })
  await until('it allows', passesNow)
  await databases().system.$executeRaw`
    select publish_config(${suite.org.id}::uuid, 'exemption', ${id}::uuid, '{"kind":"model","all":true}'::jsonb, false)::text`
  await until('what nobody can read allows nothing', refusedNow)
  await revokeExemption({ ctx: suite.org.admin, input: { id, reason: 'Broken' } })
})

test('it lifts neither a block nor what the key may call', async () => {
  const { id } = await grantExemption(suite.org, approver, { kind: 'model', modelIds: [modelId] })
  await until('it allows', passesNow)
  const bound = await suite.issue({ modelIds: [suite.catalog.models['sandbox-gpt']] })
  await inForce([suite.gateway])
  expect(await ask({}, bound.key)).toMatchObject({ status: 403, code: 'model_not_allowed' })
  await untilVersion(suite.gateway, await changeModel(suite.org, modelId, { lifecycle: 'blocked' }))
  expect(await ask()).toMatchObject({ status: 403, code: 'model_not_available' })
  await untilVersion(suite.gateway, await changeModel(suite.org, modelId, { lifecycle: 'proposed' }))
  await revokeExemption({ ctx: suite.org.admin, input: { id, reason: 'Over' } })
})

test('what is only asked for, or recorded for tools, allows nothing and is not published', async () => {
  const asked = await requestExemption({
    ctx: suite.org.admin,
    input: exemptionInput(suite.org, { kind: 'model', modelIds: [modelId] }),
  })
  const tools = await grantExemption(suite.org, approver, { kind: 'tool_policy', tools: ['send_mail'] })
  await inForce([suite.gateway])
  expect(await refusedNow()).toBe(true)
  const published = await databases().system.gatewayConfig.findMany({ where: { id: { in: [asked.id, tools.id] } } })
  expect(published).toEqual([])
})
