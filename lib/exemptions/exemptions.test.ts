import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { approveRequest, rejectRequest } from '#lib/approvals/decide-approval.ts'
import { withdrawApproval } from '#lib/approvals/withdraw-approval.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { DAY_MS, exemptionInput, grantExemption, inMs, makeApprover, waitingFor } from '#test/exemption-suite.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { attestCondition } from './attest-condition.ts'
import { endExemptions } from './end-exemptions.ts'
import { exemptionHistory } from './exemption-history.ts'
import { extendExemption } from './extend-exemption.ts'
import { exemptionFigures } from './figures.ts'
import { getExemption, listExemptions } from './queries.ts'
import { requestExemption } from './request-exemption.ts'
import { revokeExemption } from './revoke-exemption.ts'
import { ExemptionFiguresQuery, ListExemptionsQuery } from './schema.ts'
import { setExemptionPolicy } from './set-policy.ts'
import { writeExemptionNotices } from './write-exemption-notices.ts'

// Time is turned for every organization here.
const removeDatabase = await takeOwnDatabase()
afterAll(removeDatabase)

let org: TestOrganization
let approver: Context
let developer: Context
let security: Context

beforeAll(async () => {
  org = await makeOrganization()
  approver = await makeApprover(org)
  developer = await org.person(['developer'])
  security = await org.person(['security'], { teamId: null })
})

const TOOLS = { kind: 'tool_policy', tools: ['send_mail'] }
const ask = (ctx = developer, more: Record<string, unknown> = {}) =>
  requestExemption({ ctx, input: exemptionInput(org, { ...TOOLS, ...more }) })
const list = async (ctx: Context, query: object = {}) =>
  (await listExemptions(ctx, ListExemptionsQuery.parse(query))).data

describe('asking', () => {
  test('puts it before others than whoever asked, and allows nothing yet', async () => {
    const asked = await ask()
    expect(asked).toMatchObject({ state: 'requested', requesterName: 'Test developer', version: 1 })
    expect(await waitingFor(approver, asked.id)).toEqual([asked.approvalId])
    await expect(approveRequest({ ctx: developer, input: { id: asked.approvalId } })).rejects.toThrow()
    const both = await org.person(['security', 'developer'])
    const own = await ask(both)
    await expect(approveRequest({ ctx: both, input: { id: own.approvalId } })).rejects.toThrow(
      'Nobody decides what they',
    )
  })

  test('is not decided by whom it is for, nor is more time for it', async () => {
    const holder = await org.person(['approver', 'developer'])
    const key = await issueKey({ ctx: holder, input: { name: 'theirs', teamId: org.teamId } })
    const person = holder.actor.id ?? ''
    for (const subject of [
      { kind: 'key', target: key.id },
      { kind: 'person', target: person },
    ]) {
      const { id, approvalId } = await ask(security, { subject })
      const own = approveRequest({ ctx: holder, input: { id: approvalId } })
      await expect(own).rejects.toThrow('Nobody decides what they')
      await approveRequest({ ctx: approver, input: { id: approvalId } })
      await extendExemption({ ctx: security, input: { id, endsAt: inMs(9 * DAY_MS), reason: 'Longer' } })
      const [more = ''] = await waitingFor(approver, id)
      await expect(approveRequest({ ctx: holder, input: { id: more } })).rejects.toThrow('Nobody decides what they')
    }
  })

  test.each([
    ['an end in the past', { endsAt: inMs(-1_000) }, 'end after it starts'],
    ['an end beyond the policy', { endsAt: inMs(91 * DAY_MS) }, '90 days at most'],
    ['no subject of one’s own', { subject: { kind: 'team', target: newId() } }, 'subject'],
    ['a name without a team', { subject: { kind: 'workload', target: 'x' } }, 'team’s keys'],
    ['what its kind is not from', { modelIds: [newId()] }, 'names no modelIds'],
    ['nothing', { tools: [] }, 'name at least one'],
    ['no cap for a budget', { kind: 'cost', tools: [], budgetIds: [newId()] }, 'not here'],
    ['a tier that there is not', { tier: 'Secret' }, 'There is no tier Secret'],
    ['a field that there is not', { forEver: true }, 'forEver'],
  ])('with %s is refused', async (_, more, words) => {
    await expect(ask(developer, more)).rejects.toThrow(words)
  })

  test('for another team is refused to a developer, and an organization’s people alone are believed', async () => {
    const other = await databases().system.team.create({
      data: { id: newId(), organizationId: org.id, name: 'Other', slug: 'other', keyBounds: {} },
    })
    await expect(ask(developer, { subject: { kind: 'team', target: other.id } })).rejects.toThrow('no such subject')
    expect((await ask(security, { subject: { kind: 'team', target: other.id } })).teamId).toBe(other.id)
    await expect(ask(await org.person(['auditor']))).rejects.toThrow('exemptions.request')
  })
})

describe('a decision', () => {
  test('of two at once, exactly one wins', async () => {
    const { approvalId, id } = await ask()
    const others = await Promise.all(Array.from({ length: 4 }, () => makeApprover(org)))
    const outcomes = await Promise.allSettled([
      ...others.map(ctx => approveRequest({ ctx, input: { id: approvalId } })),
      rejectRequest({ ctx: approver, input: { id: approvalId, reason: 'No' } }),
    ])
    expect(outcomes.filter(one => one.status === 'fulfilled')).toHaveLength(1)
    expect(['in_force', 'declined']).toContain((await getExemption(developer, id)).state)
  })

  test('that grants it starts it, and keeps the approver’s conditions to be vouched for', async () => {
    const { approvalId, id } = await ask(developer, { attestations: [{ text: 'Reviewed', dueAt: inMs(DAY_MS) }] })
    await approveRequest({ ctx: approver, input: { id: approvalId, conditions: ['Only in office hours'] } })
    const granted = await getExemption(developer, id)
    expect(granted).toMatchObject({ state: 'in_force', approvedBy: 'Test approver', version: 2 })
    expect(granted.attestations.map(one => one.text)).toEqual(['Reviewed', 'Only in office hours'])
    const [first] = granted.attestations
    expect(granted.attentionAt).toBe(first?.dueAt)
    await expect(
      attestCondition({ ctx: await org.person(['developer']), input: { id, attestationId: first?.id, note: 'x' } }),
    ).rejects.toThrow('vouches')
    const vouched = await attestCondition({
      ctx: developer,
      input: { id, attestationId: first?.id, note: 'Looked at' },
    })
    expect(vouched).toMatchObject({ attentionAt: null, attestations: [{ attestedBy: 'Test developer' }, {}] })
    const history = await exemptionHistory(developer, id)
    expect(history.map(one => one.version)).toEqual([3, 2, 1])
  })

  test('that withdraws or rejects it declines it', async () => {
    const [one, other] = [await ask(), await ask()]
    await withdrawApproval({ ctx: developer, input: { id: one.approvalId } })
    await rejectRequest({ ctx: approver, input: { id: other.approvalId, reason: 'Use the catalog' } })
    for (const { id } of [one, other]) expect((await getExemption(developer, id)).state).toBe('declined')
  })
})

describe('its end', () => {
  test('comes later only when somebody approves more time, as often as the policy lets', async () => {
    const { id, approvalId } = await ask(developer, { endsAt: inMs(DAY_MS) })
    await approveRequest({ ctx: approver, input: { id: approvalId } })
    await setExemptionPolicy({
      ctx: security,
      input: {
        policy: { maxDays: { model: 9, tier: 9, cost: 9, guardrail: 9, tool_policy: 9 }, maxExtensions: 1 },
        reason: 'Shorter',
      },
    })
    const more = (endsAt: string) => extendExemption({ ctx: developer, input: { id, endsAt, reason: 'Not done' } })
    await expect(more(inMs(10 * DAY_MS))).rejects.toThrow('9 days')
    const later = inMs(3 * DAY_MS)
    const waiting = await more(later)
    expect(waiting.endsAt).not.toBe(later)
    await approveRequest({ ctx: approver, input: { id: waiting.pendingApprovalId } })
    expect(await getExemption(developer, id)).toMatchObject({ endsAt: later, extensions: 1, pendingApprovalId: null })
    await expect(more(inMs(5 * DAY_MS))).rejects.toThrow('extended 1 times')
    await expect(setExemptionPolicy({ ctx: developer, input: {} })).rejects.toThrow('exemptions.manage')
  })

  test('comes at once when Security revokes it, or whoever has it gives it up', async () => {
    const [one, other] = [await ask(), await ask()]
    for (const { approvalId } of [one, other]) await approveRequest({ ctx: approver, input: { id: approvalId } })
    const bystander = await org.person(['developer'])
    const revoke = (ctx: Context, id: string) => revokeExemption({ ctx, input: { id, reason: 'Over' } })
    await expect(revoke(bystander, one.id)).rejects.toThrow('Security revokes it')
    expect(await revoke(security, one.id)).toMatchObject({ state: 'revoked', endedBy: 'Test security' })
    expect(await revoke(developer, other.id)).toMatchObject({ state: 'revoked' })
    expect((await revoke(security, one.id)).version).toBe(3)
    const told = await databases().system.notice.findMany({ where: { personId: developer.actor.id ?? '' } })
    expect(told.some(({ title }) => title.includes('was revoked'))).toBe(true)
  })

  test('is announced 30, 7 and 1 days before, and told when it has come', async () => {
    const { id, approvalId } = await ask(developer, { endsAt: inMs(8 * DAY_MS) })
    await approveRequest({ ctx: approver, input: { id: approvalId } })
    const about = () =>
      databases().system.notice.count({
        where: { personId: developer.actor.id ?? '', href: { endsWith: id }, kind: 'exemption_ending' },
      })
    await writeExemptionNotices()
    expect(await about()).toBe(0)
    for (const days of [2, 2, 7.5]) await writeExemptionNotices(new Date(Date.now() + days * DAY_MS))
    expect(await about()).toBe(2)
    await endExemptions(new Date(Date.now() + 8 * DAY_MS))
    expect(await getExemption(developer, id)).toMatchObject({ state: 'expired', endReason: 'Its time is over.' })
    await expect(revokeExemption({ ctx: security, input: { id, reason: 'Late' } })).rejects.toThrow('expired')
  })
})

test('the register shows each where it stands, to whom it may, and counts calls with and without exemptions', async () => {
  const fresh = await makeOrganization()
  const decider = await makeApprover(fresh)
  const granted = await grantExemption(fresh, decider, { ...TOOLS, endsAt: inMs(2 * DAY_MS) })
  const event = makeRequestEvent(fresh.id, {})
  event.detail.exemptions = [granted.id]
  await recordRequestEvents([event, makeRequestEvent(fresh.id, {})])
  for (const view of ['open', 'due', 'all'])
    expect((await list(fresh.admin, { view })).map(({ id }) => id)).toEqual([granted.id])
  for (const view of ['overdue', 'expired', 'revoked']) expect(await list(fresh.admin, { view })).toEqual([])
  const { counts, compliance, trend } = await exemptionFigures(fresh.admin, ExemptionFiguresQuery.parse({}))
  expect(counts).toMatchObject({ open: 1, due: 1, overdue: 0, all: 1 })
  expect(compliance).toMatchObject({ requests: 2, exempted: 1, withExemptions: 1, withoutExemptions: 0.5 })
  expect(trend.at(-1)).toMatchObject({ granted: 1, open: 1 })
  const stranger = await fresh.person(['developer'], { teamId: null })
  expect(await list(stranger, { view: 'all' })).toEqual([])
  await expect(getExemption(stranger, granted.id)).rejects.toThrow('no such exemption')
  await expect(getExemption(org.admin, granted.id)).rejects.toThrow('no such exemption')
  await expect(revokeExemption({ ctx: org.admin, input: { id: granted.id, reason: 'x' } })).rejects.toThrow('no such')
})
