import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { SHIPPED_RISKS } from '#core/risks/shipped-risks.ts'
import { approveRequest } from '#lib/approvals/decide-approval.ts'
import { archiveBudget } from '#lib/budgets/archive-budget.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { REGISTER_CHECKS } from '#lib/consistency/checks/register-checks.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { transact } from '#lib/platform/transaction.ts'
import { DAY_MS, inMs } from '#test/exemption-suite.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { assessRisk } from './assess-risk.ts'
import { closeRisk } from './close-risk.ts'
import { createRisk } from './create-risk.ts'
import { getRisk } from './get-risk.ts'
import { installRisks } from './install-risks.ts'
import { linkControl } from './link-control.ts'
import { listRisks, riskHistory } from './queries.ts'
import { requestAcceptance } from './request-acceptance.ts'
import { reviewRisk } from './review-risk.ts'
import { risksOfControl } from './risks-of-control.ts'
import { ListRisksQuery } from './schema.ts'
import { unlinkControl } from './unlink-control.ts'
import { writeRiskNotices } from './write-risk-notices.ts'

let org: TestOrganization
let security: Context

beforeAll(async () => {
  org = await makeOrganization()
  security = await org.person(['security'], { teamId: null })
})

const add = (more: Record<string, unknown> = {}, ctx = security) =>
  createRisk({
    ctx,
    input: {
      ...{ title: `Risk ${newId()}`, category: 'data', description: 'What can go wrong', plan: 'What is done' },
      ...{ likelihood: 5, impact: 4, residualLikelihood: 4, residualImpact: 4 },
      ...{ treatment: 'mitigate', reviewAt: inMs(30 * DAY_MS), ...more },
    },
  })

test('a risk is judged before and after what is done about it, and each judgement is kept', async () => {
  const { id } = await add()
  const judged = await assessRisk({
    ctx: security,
    input: { id, residualLikelihood: 1, reason: 'The guardrail is on' },
  })
  expect(judged).toMatchObject({ level: 'critical', residualLevel: 'low', version: 2 })
  const [latest] = await riskHistory(security, id)
  expect(latest?.changes.map(({ field }) => field)).toEqual(['residual'])
  await expect(assessRisk({ ctx: security, input: { id, impact: 6 } })).rejects.toThrow('impact')
  await expect(add({}, await org.person(['developer']))).rejects.toThrow('risks.manage')
})

test('a control that is no more shows as broken', async () => {
  const { id } = await add()
  const budget = await createBudget({
    ctx: org.admin,
    input: { name: newId(), scope: 'organization', target: null, window: { kind: 'month' }, limitUsd: '10' },
  })
  const linked = await linkControl({ ctx: security, input: { id, kind: 'budget', recordId: budget.id } })
  expect(linked.linked).toMatchObject([{ kind: 'budget', name: budget.name, broken: null }])
  const counted = { riskId: id, title: linked.title, controlName: budget.name }
  expect(await risksOfControl(security, 'budget', budget.id)).toMatchObject([counted])
  expect(await risksOfControl(security, 'budget')).toMatchObject([counted])
  expect(await risksOfControl(security, 'budget', newId())).toEqual([])
  expect(await risksOfControl(await org.person([]), 'budget', budget.id)).toEqual([])
  expect(await risksOfControl((await makeOrganization()).admin, 'budget', budget.id)).toEqual([])
  await expect(linkControl({ ctx: security, input: { id, kind: 'budget', recordId: budget.id } })).rejects.toThrow(
    'already',
  )
  await expect(linkControl({ ctx: security, input: { id, kind: 'route', recordId: newId() } })).rejects.toThrow(
    'no such',
  )
  await archiveBudget({ ctx: org.admin, input: { id: budget.id } })
  const [control] = (await getRisk(security, id)).linked
  expect(control?.broken).toBe('It is archived.')
  const bare = await unlinkControl({ ctx: security, input: { id, controlId: control?.id } })
  expect(bare.linked).toEqual([])
})

test('accepting what stays high is decided by others, until a day, and judging it anew ends that', async () => {
  const { id } = await add({ treatment: 'accept' })
  expect((await getRisk(security, id)).needsAcceptance).toBe(true)
  const ask = () => requestAcceptance({ ctx: security, input: { id, until: inMs(90 * DAY_MS), reason: 'It pays' } })
  const waiting = await ask()
  const board = await org.person(['board_member'], { teamId: null })
  const both = [board, await org.person(['executive'], { teamId: null })]
  await expect(approveRequest({ ctx: security, input: { id: waiting.pendingApprovalId } })).rejects.toThrow()
  const outcomes = await Promise.allSettled(
    both.map(ctx => approveRequest({ ctx, input: { id: waiting.pendingApprovalId } })),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await getRisk(security, id)).toMatchObject({ needsAcceptance: false, pendingApprovalId: null })
  const again = await assessRisk({ ctx: security, input: { id, residualImpact: 5 } })
  expect(again).toMatchObject({ needsAcceptance: true, acceptedBy: null })
  const mitigated = await add()
  const other = requestAcceptance({ ctx: security, input: { id: mitigated.id, until: inMs(DAY_MS), reason: 'x' } })
  await expect(other).rejects.toThrow('treatment')
})

test('what was asked to be accepted and then judged otherwise is not accepted', async () => {
  const { id } = await add({ treatment: 'accept' })
  const input = { id, until: inMs(90 * DAY_MS), reason: 'It pays' }
  const { pendingApprovalId } = await requestAcceptance({ ctx: security, input })
  await assessRisk({ ctx: security, input: { id, residualImpact: 5 } })
  const executive = await org.person(['executive'], { teamId: null })
  const decided = await approveRequest({ ctx: executive, input: { id: pendingApprovalId } })
  expect(decided.state).toBe('voided')
  expect((await getRisk(security, id)).acceptedAt).toBeNull()
})

test('its owner is told when its review is due and when it is late, once each', async () => {
  const owner = await org.person(['operations'], { teamId: null })
  const { id } = await add({ ownerId: owner.actor.id, reviewAt: inMs(3 * DAY_MS) })
  for (const days of [0, 0, 4, 5]) await writeRiskNotices(new Date(Date.now() + days * DAY_MS))
  const told = await databases().system.notice.findMany({
    where: { personId: owner.actor.id ?? '', href: { endsWith: id } },
  })
  expect(told.map(({ kind }) => kind)).toEqual(['risk_review', 'risk_review'])
  const reviewed = await reviewRisk({ ctx: security, input: { id, reviewAt: inMs(60 * DAY_MS), note: 'Unchanged' } })
  expect(reviewed.overdue).toBe(false)
  await expect(reviewRisk({ ctx: security, input: { id, reviewAt: inMs(-1), note: 'x' } })).rejects.toThrow('future')
  await closeRisk({ ctx: security, input: { id, reason: 'The product ended' } })
  await expect(assessRisk({ ctx: security, input: { id, impact: 1 } })).rejects.toThrow('closed')
})

test('a new organization begins with the common ones, and sees nobody else’s', async () => {
  const fresh = await makeOrganization()
  await transact(fresh.admin, tx => installRisks(tx, fresh.admin))
  const { data } = await listRisks(fresh.admin, ListRisksQuery.parse({}))
  expect(data.map(({ title }) => title).sort()).toEqual(SHIPPED_RISKS.map(({ title }) => title).sort())
  const [first] = data
  await expect(getRisk(security, first?.id ?? '')).rejects.toThrow('no such risk')
  await expect(closeRisk({ ctx: security, input: { id: first?.id, reason: 'x' } })).rejects.toThrow('no such risk')
  const high = await listRisks(fresh.admin, ListRisksQuery.parse({ level: 'high' }))
  expect(high.data.every(({ residualLevel }) => residualLevel === 'high')).toBe(true)
})

test('a control that broke is a finding', async () => {
  const fresh = await makeOrganization()
  const officer = await fresh.person(['security'], { teamId: null })
  const { id, title } = await add({}, officer)
  const input = { name: newId(), scope: 'organization', target: null, window: { kind: 'month' }, limitUsd: '10' }
  const budget = await createBudget({ ctx: fresh.admin, input })
  await linkControl({ ctx: officer, input: { id, kind: 'budget', recordId: budget.id } })
  const check = REGISTER_CHECKS.find(one => one.id === 'risks-are-controlled-by-what-is-in-force')
  const findings = () => transact(fresh.admin, async tx => (await check?.run(tx, fresh.admin)) ?? [])
  expect(await findings()).toEqual([])
  await archiveBudget({ ctx: fresh.admin, input: { id: budget.id } })
  expect((await findings()).map(({ subject }) => subject.name)).toEqual([title])
})
