import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getBudget } from '#lib/budgets/queries.ts'
import { databases } from '#lib/platform/database.ts'
import { type ApprovalPeople, approvalPeople, askForMore, noticesOf } from '#test/approval-people.ts'
import { makeOrganization } from '#test/organization.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { approveRequest, rejectRequest } from './decide-approval.ts'
import { delegateApprovals, endDelegation } from './delegate-approvals.ts'
import { extendApproval } from './extend-approval.ts'
import { countWaiting, getApproval, listApprovals } from './queries.ts'
import { ListApprovalsQuery } from './schema.ts'
import { setPolicy } from './set-policy.ts'
import { turnApprovals } from './turn-approvals.ts'
import { withdrawApproval } from './withdraw-approval.ts'

const HOUR_MS = 3_600_000

const waiting = ListApprovalsQuery.parse({})

let { here, elsewhere, lead, finance, other } = {} as ApprovalPeople
let removeDatabase: () => Promise<void>
beforeAll(async () => {
  // Time is turned for every organization there is: not for those of other suites.
  removeDatabase = await takeOwnDatabase()
  ;({ here, elsewhere, lead, finance, other } = await approvalPeople())
})
afterAll(() => removeDatabase?.())

const ask = (organization = here, asker = lead) => askForMore(organization, asker)

describe('deciding', () => {
  test('carries out what was approved in the same step, and everybody hears of it', async () => {
    const { id, budgetId } = await ask()
    expect((await listApprovals(finance, waiting)).data.map(one => one.id)).toContain(id)
    expect((await listApprovals(lead, waiting)).data.map(one => one.id)).not.toContain(id)
    const before = await countWaiting(finance)
    expect(before.more).toBe(false)
    const { digest } = await getApproval(finance, id)
    const conditions = ['Only until the launch']
    expect(await approveRequest({ ctx: finance, input: { id, digest, conditions } })).toMatchObject({
      state: 'approved',
    })
    expect(await countWaiting(finance)).toEqual({ count: before.count - 1, more: false })
    expect((await getBudget(finance, budgetId)).limitUsd).toBe('150.00')
    const decided = await getApproval(lead, id)
    expect(decided).toMatchObject({ state: 'approved', conditions, result: { kind: 'budget', id: budgetId } })
    expect((await noticesOf(lead)).at(-1)?.title).toMatch(/is approved$/)
    const asked = { kind: 'approval_waiting', href: `/approvals/${id}`, dismissedAt: null }
    expect(await databases().system.notice.count({ where: asked })).toBe(0)
    const entries = await databases().system.auditEntry.findMany({
      where: { subjectId: id },
      orderBy: { sequence: 'asc' },
    })
    expect(entries.map(entry => entry.action)).toEqual(['approval.requested', 'approval.approved', 'approval.granted'])
  })

  test('of many who decide at once, exactly one does', async () => {
    const { id, budgetId } = await ask()
    const deciders = [finance, other, here.admin]
    const attempts = deciders.flatMap((ctx, at) => [
      at % 2 ? rejectRequest({ ctx, input: { id, reason: 'no' } }) : approveRequest({ ctx, input: { id } }),
      approveRequest({ ctx, input: { id } }),
    ])
    const results = await Promise.allSettled(attempts)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) if (result.status === 'rejected') expect(result.reason.kind).toBe('conflict')
    const { state, votes } = await getApproval(finance, id)
    expect(votes).toHaveLength(1)
    expect((await getBudget(finance, budgetId)).limitUsd).toBe(state === 'approved' ? '150.00' : '100.00')
  })

  test('what was read is what is approved', async () => {
    const { id } = await ask()
    const digest = 'f'.repeat(64)
    await expect(approveRequest({ ctx: finance, input: { id, digest } })).rejects.toMatchObject({ kind: 'conflict' })
  })

  test('a rejection needs its reason, which the requester reads', async () => {
    const { id, budgetId } = await ask()
    expect(() => rejectRequest({ ctx: finance, input: { id } })).toThrow(/reason/)
    await rejectRequest({ ctx: finance, input: { id, reason: 'Not this quarter' } })
    expect(await getApproval(lead, id)).toMatchObject({ state: 'rejected' })
    expect((await noticesOf(lead)).at(-1)?.detail).toContain('Not this quarter')
    expect((await getBudget(finance, budgetId)).limitUsd).toBe('100.00')
  })

  test('nobody decides what they asked for, nor what is not theirs to decide', async () => {
    const { id } = await ask(here, finance)
    for (const ctx of [finance, await here.person(['approver']), await here.person(['developer'])]) {
      const attempt = Promise.resolve().then(() => approveRequest({ ctx, input: { id } }))
      await expect(attempt).rejects.toMatchObject({ kind: expect.stringMatching(/permission_denied|not_found/) })
    }
    expect((await getApproval(finance, id)).state).toBe('pending')
  })

  test('a request can be taken back by whoever made it, and by no other', async () => {
    const { id } = await ask()
    await expect(withdrawApproval({ ctx: finance, input: { id } })).rejects.toMatchObject({ kind: 'permission_denied' })
    expect(await withdrawApproval({ ctx: lead, input: { id } })).toMatchObject({ state: 'withdrawn' })
    await expect(approveRequest({ ctx: finance, input: { id } })).rejects.toMatchObject({ kind: 'conflict' })
  })
})

describe('time', () => {
  test('silence escalates to others, who hear of it once, and in the end is a no', async () => {
    const organization = await makeOrganization()
    const asker = await organization.person(['team_lead'], { lead: true })
    await organization.person(['finance'])
    const executive = await organization.person(['executive'])
    const { id, budgetId } = await ask(organization, asker)
    const later = (hours: number) => new Date(Date.now() + hours * HOUR_MS)
    await turnApprovals(later(47))
    await expect(approveRequest({ ctx: executive, input: { id } })).rejects.toMatchObject({ kind: 'permission_denied' })
    for (const hours of [49, 50]) await turnApprovals(later(hours))
    expect((await noticesOf(executive)).map(notice => notice.kind)).toEqual(['approval_waiting'])
    expect((await listApprovals(executive, waiting)).data.map(one => one.id)).toEqual([id])
    await turnApprovals(later(24 * 15))
    expect(await getApproval(asker, id)).toMatchObject({ state: 'expired' })
    expect((await noticesOf(asker)).at(-1)?.title).toMatch(/expired/)
    expect((await getBudget(organization.admin, budgetId)).limitUsd).toBe('100.00')
  })

  test('one that cannot be turned keeps no other from its turn', async () => {
    const [broken, whole] = [await ask(), await ask()]
    await databases().system.approvalRequest.update({
      where: { id: broken.id },
      data: { kind: 'of-a-release-to-come' },
    })
    await expect(turnApprovals(new Date(Date.now() + 24 * 15 * HOUR_MS))).rejects.toThrow(broken.id)
    expect(await getApproval(lead, whole.id)).toMatchObject({ state: 'expired' })
    await databases().system.approvalRequest.delete({ where: { id: broken.id } })
  })

  test('who may decide can give more time', async () => {
    const { id } = await ask()
    const before = Date.parse((await getApproval(finance, id)).expiresAt)
    await extendApproval({ ctx: finance, input: { id, hours: 24, reason: 'waiting for a quote' } })
    expect(Date.parse((await getApproval(finance, id)).expiresAt)).toBe(before + 24 * HOUR_MS)
    const own = { ctx: lead, input: { id, hours: 24, reason: 'more' } }
    await expect(extendApproval(own)).rejects.toMatchObject({ kind: 'permission_denied' })
    await databases().system.approvalRequest.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
    const late = extendApproval({ ctx: finance, input: { id, hours: 24, reason: 'too late' } })
    await expect(late).rejects.toThrow(/time to decide/)
  })
})

describe('standing in', () => {
  test('a delegate decides while it lasts, in the open', async () => {
    const deputy = await here.person(['developer'])
    const endsAt = new Date(Date.now() + 48 * HOUR_MS).toISOString()
    const delegation = await delegateApprovals({ ctx: finance, input: { toId: deputy.actor.id, endsAt } })
    const { id } = await ask()
    await approveRequest({ ctx: deputy, input: { id } })
    expect((await getApproval(lead, id)).votes).toMatchObject([{ onBehalfOf: [finance.actor.name] }])
    await endDelegation({ ctx: deputy, input: { id: delegation.id } })
    const next = await ask()
    const attempt = approveRequest({ ctx: deputy, input: { id: next.id } })
    await expect(attempt).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('and whom they stand in for are one where two have to approve', async () => {
    const organization = await makeOrganization()
    const asker = await organization.person(['team_lead'], { lead: true })
    const [one, two] = [await organization.person(['finance']), await organization.person(['finance'])]
    const deputy = await organization.person(['developer'])
    const steps = [{ name: 'Finance', approvers: { roles: ['finance'] }, quorum: 2 }]
    const policy = { kind: 'budget_increase', policy: { steps }, reason: 'four eyes' }
    await setPolicy({ ctx: organization.admin, input: policy })
    const endsAt = new Date(Date.now() + 48 * HOUR_MS).toISOString()
    await delegateApprovals({ ctx: one, input: { toId: deputy.actor.id, endsAt } })
    const { id } = await ask(organization, asker)
    await approveRequest({ ctx: one, input: { id } })
    expect(await approveRequest({ ctx: deputy, input: { id } })).toMatchObject({ state: 'pending' })
    expect(await getApproval(two, id)).toMatchObject({ approvals: 1, approvalsNeeded: 2 })
    expect(await approveRequest({ ctx: two, input: { id } })).toMatchObject({ state: 'approved' })
  })

  test('where all have to approve, a colleague gives the voice of whoever is away beside their own', async () => {
    const organization = await makeOrganization()
    const asker = await organization.person(['team_lead'], { lead: true })
    const [away, colleague, third] = [
      await organization.person(['finance']),
      await organization.person(['finance']),
      await organization.person(['finance']),
    ]
    const steps = [{ name: 'Finance', approvers: { roles: ['finance'] }, quorum: 'all' }]
    await setPolicy({ ctx: organization.admin, input: { kind: 'budget_increase', policy: { steps }, reason: 'all' } })
    const endsAt = new Date(Date.now() + 48 * HOUR_MS).toISOString()
    await delegateApprovals({ ctx: away, input: { toId: colleague.actor.id, endsAt } })
    const { id, budgetId } = await ask(organization, asker)
    expect(await approveRequest({ ctx: colleague, input: { id } })).toMatchObject({ state: 'pending' })
    expect(await getApproval(third, id)).toMatchObject({
      ...{ approvals: 2, approvalsNeeded: 3 },
      stillNeeded: { approvals: 1, names: [third.actor.name], attainable: true },
      votes: [{ onBehalfOf: [colleague.actor.name, away.actor.name] }],
    })
    expect(await approveRequest({ ctx: third, input: { id } })).toMatchObject({ state: 'approved' })
    expect((await getBudget(organization.admin, budgetId)).limitUsd).toBe('150.00')
  })

  test('nobody delegates the decisions of others, nor to themselves, nor for ever', async () => {
    const deputy = await here.person(['developer'])
    const [fromId, toId] = [finance.actor.id, deputy.actor.id]
    const soon = new Date(Date.now() + HOUR_MS).toISOString()
    const far = new Date(Date.now() + 400 * 24 * HOUR_MS).toISOString()
    for (const [ctx, input, kind] of [
      [deputy, { fromId, toId, endsAt: soon }, 'permission_denied'],
      [finance, { toId: fromId, endsAt: soon }, 'invalid_input'],
      [finance, { toId, endsAt: far }, 'invalid_input'],
      [finance, { toId: elsewhere.admin.actor.id, endsAt: soon }, 'not_found'],
    ] as const) {
      const attempt = Promise.resolve().then(() => delegateApprovals({ ctx, input }))
      await expect(attempt).rejects.toMatchObject({ kind })
    }
  })
})
