import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { requestIncrease } from '#lib/budgets/request-increase.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { commentOnApproval } from './comment-on-approval.ts'
import { approveRequest } from './decide-approval.ts'
import { delegateApprovals } from './delegate-approvals.ts'
import { approvalInsight } from './insight.ts'
import { byDecider, byRule, byWeek, type InsightRow } from './insight-figures.ts'
import { listPolicyVersions } from './policy-versions.ts'
import { setPolicy } from './set-policy.ts'
import { whoDecides } from './who-decides.ts'

let here: TestOrganization
let lead: Context
let finance: Context
beforeAll(async () => {
  here = await makeOrganization()
  lead = await here.person(['team_lead'], { lead: true })
  finance = await here.person(['finance'], { teamId: null })
})

const kind = 'budget_increase'

async function ask(): Promise<string> {
  const window = { kind: 'month', timeZone: 'UTC' }
  const input = { name: newId(), scope: 'team', target: here.teamId, window, limitUsd: '100' }
  const { id } = await createBudget({ ctx: here.admin, input })
  return (await requestIncrease({ ctx: lead, input: { id, limitUsd: '150', reason: 'a launch' } })).id
}

describe('who decides', () => {
  test('is told by step, with escalation, delegates and the roles that stand in', async () => {
    const found = await whoDecides(here.admin, kind, {})
    const names = found.steps[0]?.deciders.map(({ id }) => id)
    expect(names).toEqual(expect.arrayContaining([finance.actor.id, here.admin.actor.id]))
    expect(found.steps[0]).toMatchObject({ isFallback: false, approvalsNeeded: 1, escalation: { afterHours: 48 } })
    const without = await whoDecides(here.admin, kind, { requesterId: finance.actor.id ?? '' })
    expect(without.steps[0]?.deciders.map(({ id }) => id)).not.toContain(finance.actor.id)
    const stand = await here.person(['developer'])
    const endsAt = new Date(Date.now() + 86_400_000).toISOString()
    await delegateApprovals({ ctx: finance, input: { toId: stand.actor.id, endsAt } })
    expect((await whoDecides(here.admin, kind, {})).steps[0]?.deciders).toContainEqual({
      id: stand.actor.id,
      name: stand.actor.name,
      onBehalfOf: [finance.actor.name],
    })
  })

  test('names administrators where nobody else could', async () => {
    const other = await makeOrganization()
    const input = { kind, policy: { steps: [{ name: 'Legal', approvers: { roles: ['legal'] } }] }, reason: 'by law' }
    await setPolicy({ ctx: other.admin, input })
    const { steps } = await whoDecides(other.admin, kind, {})
    expect(steps).toMatchObject([{ isFallback: true, deciders: [{ id: other.admin.actor.id }], escalation: null }])
  })

  test('is no business of whom it does not concern, nor of another organization', async () => {
    const elsewhere = await makeOrganization()
    expect(() => whoDecides(lead, kind, {})).toThrow(/approvals.read/)
    expect(() => listPolicyVersions(lead, kind)).toThrow(/approvals.read/)
    const foreign = { teamId: here.teamId, requesterId: finance.actor.id ?? '' }
    await expect(whoDecides(elsewhere.admin, kind, foreign)).rejects.toMatchObject({ kind: 'not_found' })
    expect(() => whoDecides(here.admin, 'no_such_kind', {})).toThrow(/no such kind/)
  })
})

test('versions say what each changed, in words', async () => {
  const own = await makeOrganization()
  expect(await listPolicyVersions(own.admin, kind)).toEqual([])
  const approvers = { roles: ['finance'] }
  const steps = [{ name: 'Finance', approvers, quorum: 2 }]
  await setPolicy({ ctx: own.admin, input: { kind, policy: { steps, expiresAfterHours: 48 }, reason: 'four eyes' } })
  await setPolicy({ ctx: own.admin, input: { kind, policy: { steps, expiresAfterHours: 36 }, reason: 'sooner' } })
  const [second, first] = await listPolicyVersions(own.admin, kind)
  expect(second).toMatchObject({
    version: 2,
    reason: 'sooner',
    changes: [{ field: 'expires', before: 'after 2 days', after: 'after 36 hours' }],
  })
  expect(first?.changes.find(({ field }) => field === 'step 1')?.after).toBe('Finance: Finance, 2 of them')
})

test('whoever is mentioned and may see the request hears of it, and nobody else', async () => {
  const id = await ask()
  const [auditor, developer] = [await here.person(['auditor']), await here.person(['developer'])]
  const { system } = databases()
  const emailOf = async (ctx: Context) =>
    (await system.person.findUniqueOrThrow({ where: { id: ctx.actor.id ?? '' } })).email
  const text = `@${await emailOf(auditor)} and @${await emailOf(developer)}: is this known?`
  await commentOnApproval({ ctx: finance, input: { id, text } })
  const told = async (ctx: Context) => {
    const mine = { personId: ctx.actor.id ?? '', kind: 'approval_mention' }
    return (await system.notice.findMany({ where: mine })).map(({ href }) => href)
  }
  expect(await told(auditor)).toEqual([`/approvals/${id}`])
  expect(await told(developer)).toEqual([])
  expect(await told(finance)).toEqual([])
})

describe('insight', () => {
  const at = (day: string) => new Date(`${day}T12:00:00Z`)
  const row = (change: Partial<InsightRow>): InsightRow => ({
    kind,
    rule: 'Budgets',
    state: 'approved',
    createdAt: at('2026-11-02'),
    decidedAt: at('2026-11-03'),
    votes: [{ vote: 'approve', voterId: 'v', voterName: 'Grace', afterMs: 5_000n }],
    ...change,
  })
  const rows = [
    row({}),
    row({ state: 'rejected', decidedAt: at('2026-11-10'), votes: [] }),
    row({ state: 'pending', decidedAt: null, votes: [] }),
  ]

  test('counts each request in the week it ended, and what waited at the end of each', () => {
    const weeks = byWeek(rows, at('2026-11-04'), at('2026-11-12'))
    expect(
      weeks.map(({ startsAt, approved, rejected, depth }) => [startsAt.slice(0, 10), approved, rejected, depth]),
    ).toEqual([
      ['2026-11-02', 1, 0, 2],
      ['2026-11-09', 0, 1, 1],
    ])
    expect(weeks[0]?.medianHours).toBe(24)
  })

  test('shows approvals that nobody can have read, by rule and by person', () => {
    expect(byRule(rows.slice(0, 2))).toMatchObject([{ approved: 1, rejected: 1, unread: 1 }])
    expect(byDecider(rows)).toMatchObject([{ name: 'Grace', approvals: 1, rejections: 0, unread: 1 }])
  })

  test('is of the organization alone', async () => {
    const id = await ask()
    await approveRequest({ ctx: finance, input: { id } })
    expect((await approvalInsight(here.admin, { days: 7 })).decided).toBeGreaterThan(0)
    const elsewhere = await makeOrganization()
    expect(await approvalInsight(elsewhere.admin, { days: 7 })).toMatchObject({ decided: 0, pending: 0, byDecider: [] })
    expect(() => approvalInsight(lead, { days: 7 })).toThrow(/approvals.read/)
  })
})
