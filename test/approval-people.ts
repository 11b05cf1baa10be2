import { newId } from '#core/ids.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { requestIncrease } from '#lib/budgets/request-increase.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from './organization.ts'

/** Those whom suites about approvals are about: a lead who asks, two of Finance who decide, and another organization. */
export interface ApprovalPeople {
  here: TestOrganization
  elsewhere: TestOrganization
  lead: Context
  finance: Context
  other: Context
}

/** Makes them, in two fresh organizations. */
export async function approvalPeople(): Promise<ApprovalPeople> {
  const here = await makeOrganization()
  const elsewhere = await makeOrganization()
  const lead = await here.person(['team_lead'], { lead: true })
  const finance = await here.person(['finance'], { teamId: null })
  const other = await here.person(['finance'], { teamId: null })
  return { here, elsewhere, lead, finance, other }
}

/** Asks for a budget of 150 in the place of 100 US dollars, which Finance decides. */
export async function askForMore(
  organization: TestOrganization,
  asker: Context,
): Promise<{ id: string; budgetId: string }> {
  const window = { kind: 'month', timeZone: 'UTC' }
  const input = { name: newId(), scope: 'team', target: organization.teamId, window, limitUsd: '100' }
  const { id: budgetId } = await createBudget({ ctx: organization.admin, input })
  const { id } = await requestIncrease({ ctx: asker, input: { id: budgetId, limitUsd: '150', reason: 'a launch' } })
  return { id, budgetId }
}

/** What a person was told, in the order in which it was. */
export function noticesOf(ctx: Context) {
  return databases().system.notice.findMany({ where: { personId: ctx.actor.id ?? '' }, orderBy: { id: 'asc' } })
}
