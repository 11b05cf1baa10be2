import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { requestIncrease } from '#lib/budgets/request-increase.ts'
import { claimKey } from '#lib/keys/claim-key.ts'
import { listKeyGrants } from '#lib/keys/queries.ts'
import { requestKey } from '#lib/keys/request-key.ts'
import { databases } from '#lib/platform/database.ts'
import { type ApprovalPeople, approvalPeople, askForMore, noticesOf } from '#test/approval-people.ts'
import { makeOrganization } from '#test/organization.ts'
import { commentOnApproval } from './comment-on-approval.ts'
import { approveRequest, rejectRequest } from './decide-approval.ts'
import { extendApproval } from './extend-approval.ts'
import { approvalInsight } from './insight.ts'
import { getApproval, listApprovals, listPolicies } from './queries.ts'
import { ListApprovalsQuery } from './schema.ts'
import { setPolicy } from './set-policy.ts'
import { withdrawApproval } from './withdraw-approval.ts'

const { system } = databases()

const all = ListApprovalsQuery.parse({ view: 'all' })

let { here, elsewhere, lead, finance, other } = {} as ApprovalPeople
beforeAll(async () => {
  ;({ here, elsewhere, lead, finance, other } = await approvalPeople())
})

const ask = (organization = here, asker = lead) => askForMore(organization, asker)

describe('policies', () => {
  test('several steps and quorums, each told to those it waits for', async () => {
    const organization = await makeOrganization()
    const [asker, one, two, legal] = [
      await organization.person(['team_lead'], { lead: true }),
      await organization.person(['finance']),
      await organization.person(['finance']),
      await organization.person(['legal']),
    ]
    const steps = [
      { name: 'Finance', approvers: { roles: ['finance'] }, quorum: 2 },
      { name: 'Legal', approvers: { roles: ['legal'] } },
    ]
    const input = { kind: 'budget_increase', policy: { steps }, reason: 'four eyes' }
    expect(await setPolicy({ ctx: organization.admin, input })).toMatchObject({ version: 1 })
    const { id } = await ask(organization, asker)
    expect(await approveRequest({ ctx: one, input: { id } })).toMatchObject({ state: 'pending' })
    await expect(approveRequest({ ctx: one, input: { id } })).rejects.toMatchObject({ kind: 'conflict' })
    expect(await noticesOf(legal)).toEqual([])
    expect(await approveRequest({ ctx: two, input: { id } })).toMatchObject({
      outcome: expect.stringContaining('Legal'),
    })
    expect((await noticesOf(legal)).map(notice => notice.kind)).toEqual(['approval_waiting'])
    expect(await approveRequest({ ctx: legal, input: { id } })).toMatchObject({ state: 'approved' })
  })

  test('a request keeps the policy it was made under', async () => {
    const organization = await makeOrganization()
    const asker = await organization.person(['team_lead'], { lead: true })
    const money = await organization.person(['finance'])
    const { id } = await ask(organization, asker)
    const steps = [{ name: 'Legal', approvers: { roles: ['legal'] } }]
    await setPolicy({ ctx: organization.admin, input: { kind: 'budget_increase', policy: { steps }, reason: 'x' } })
    expect(await approveRequest({ ctx: money, input: { id } })).toMatchObject({ state: 'approved' })
    const [policy] = (await listPolicies(organization.admin)).filter(({ kind }) => kind === 'budget_increase')
    expect(policy).toMatchObject({ version: 1, policy: { steps: [{ name: 'Legal' }] } })
  })

  test('names only roles, persons and kinds that exist', async () => {
    const policy = (approvers: object) => ({ steps: [{ name: 'x', approvers }] })
    for (const [kind, wrong, refusal] of [
      ['budget_increase', policy({ roles: ['king'] }), 'invalid_input'],
      ['budget_increase', policy({ personIds: [newId()] }), 'invalid_input'],
      ['nothing', policy({ roles: ['legal'] }), 'not_found'],
    ] as const) {
      const attempt = Promise.resolve().then(() =>
        setPolicy({ ctx: here.admin, input: { kind, policy: wrong, reason: 'x' } }),
      )
      await expect(attempt).rejects.toMatchObject({ kind: refusal })
    }
    expect(() => setPolicy({ ctx: finance, input: {} })).toThrow(/approvals.manage/)
  })

  test('where nobody else has the role, administrators decide', async () => {
    const organization = await makeOrganization()
    const asker = await organization.person(['team_lead'], { lead: true })
    const steps = [{ name: 'Legal', approvers: { roles: ['legal'] } }]
    await setPolicy({ ctx: organization.admin, input: { kind: 'budget_increase', policy: { steps }, reason: 'x' } })
    const { id } = await ask(organization, asker)
    expect(await approveRequest({ ctx: organization.admin, input: { id } })).toMatchObject({ state: 'approved' })
  })
})

test('a question reaches the requester, the answer those who decide', async () => {
  const { id } = await ask()
  await commentOnApproval({ ctx: finance, input: { id, kind: 'question', text: 'Which launch?' } })
  expect((await noticesOf(lead)).at(-1)).toMatchObject({ kind: 'approval_question', detail: 'Which launch?' })
  await commentOnApproval({ ctx: lead, input: { id, text: 'Norway' } })
  expect((await noticesOf(finance)).at(-1)).toMatchObject({ detail: 'Norway' })
  expect((await getApproval(other, id)).comments.map(({ text }) => text)).toEqual(['Which launch?', 'Norway'])
})

test('a key beyond bounds is approved by the lead and collected once, by its person alone', async () => {
  const developer = await here.person(['developer'])
  const input = { name: 'batch', teamId: here.teamId, requestsPerMinute: 5_000, reason: 'nightly batch' }
  const { approvalId } = await requestKey({ ctx: developer, input })
  await approveRequest({ ctx: lead, input: { id: approvalId } })
  const [grant] = await listKeyGrants(developer)
  const collect = { id: grant?.id ?? '' }
  await expect(claimKey({ ctx: lead, input: collect })).rejects.toMatchObject({ kind: 'not_found' })
  const results = await Promise.allSettled([1, 2, 3].map(() => claimKey({ ctx: developer, input: collect })))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await listKeyGrants(developer)).toEqual([])
  const key = await system.apiKey.findFirstOrThrow({ where: { personId: developer.actor.id ?? '' } })
  expect(key.requestsPerMinute).toBe(5_000)
  const within = { ctx: developer, input: { ...input, requestsPerMinute: 10 } }
  await expect(requestKey(within)).rejects.toMatchObject({ kind: 'conflict' })
})

test('who asks learns nothing of what others asked for under the same rule', async () => {
  const someone = await here.person(['finance'], { teamId: null })
  const { id: theirs } = await ask(here, someone)
  await rejectRequest({ ctx: finance, input: { id: theirs, reason: 'no' } })
  const { id } = await ask()
  expect((await getApproval(lead, id)).similar.map(one => one.id)).not.toContain(theirs)
  expect((await getApproval(finance, id)).similar.map(one => one.id)).toContain(theirs)
})

test('of two who ask for the same at once, one is told that it waits already', async () => {
  const window = { kind: 'month', timeZone: 'UTC' }
  const fields = { name: newId(), scope: 'team', target: here.teamId, window, limitUsd: '100' }
  const { id } = await createBudget({ ctx: here.admin, input: fields })
  const input = { id, limitUsd: '150', reason: 'a launch' }
  const results = await Promise.allSettled([lead, finance, other].map(ctx => requestIncrease({ ctx, input })))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results) if (result.status === 'rejected') expect(result.reason.kind).toBe('conflict')
})

test('policies that are changed at once follow one another', async () => {
  const policy = { steps: [{ name: 'Lead', approvers: { teamLeads: true } }] }
  const input = { kind: 'key_request', policy, reason: 'x' }
  const set = await Promise.all([1, 2, 3].map(() => setPolicy({ ctx: elsewhere.admin, input })))
  expect(set.map(({ version }) => version).sort()).toEqual([1, 2, 3])
})

test('nothing of another organization is seen or decided', async () => {
  const { id } = await ask()
  for (const ctx of [elsewhere.admin, elsewhere.serviceToken(['approvals.read', 'approvals.decide'])]) {
    const attempts = [
      () => getApproval(ctx, id),
      () => approveRequest({ ctx, input: { id } }),
      () => rejectRequest({ ctx, input: { id, reason: 'x' } }),
      () => withdrawApproval({ ctx, input: { id } }),
      () => commentOnApproval({ ctx, input: { id, text: 'x' } }),
      () => extendApproval({ ctx, input: { id, hours: 1, reason: 'x' } }),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' })
    expect((await listApprovals(ctx, all)).data).toEqual([])
  }
})

test('a service token decides only with the permission to, and is named', async () => {
  const { id } = await ask()
  expect(() => approveRequest({ ctx: here.serviceToken(['approvals.read']), input: { id } })).toThrow(
    /approvals.decide/,
  )
  const token = here.serviceToken(['approvals.read', 'approvals.decide'])
  expect(await approveRequest({ ctx: token, input: { id } })).toMatchObject({ state: 'approved' })
  expect((await getApproval(lead, id)).votes).toMatchObject([{ voterName: 'Test token' }])
})

test('insight counts what became of each rule, for those who may see all', async () => {
  const insight = await approvalInsight(here.admin, { days: 90 })
  const [rule] = insight.byRule
  expect(rule).toMatchObject({ kindTitle: 'Budget increase', rule: 'Budgets are raised by Finance' })
  expect(rule?.approved).toBeGreaterThan(0)
  expect(rule?.rejected).toBeGreaterThan(0)
  expect(rule?.unread).toBeGreaterThan(0)
  expect(insight.medianHours).toBeGreaterThanOrEqual(0)
  expect(() => approvalInsight(lead, { days: 90 })).toThrow(/whole organization/)
})
