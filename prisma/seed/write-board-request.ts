import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { snapshotDigest } from '#core/approvals/snapshot.ts'
import { formatUsd } from '#core/money.ts'
import { setPolicy } from '#lib/approvals/set-policy.ts'
import { type BudgetIncreaseSnapshot, budgetIncreaseKind } from '#lib/budgets/budget-increase-kind.ts'
import { exemptionKind } from '#lib/exemptions/exemption-kind.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { PastItem } from './northwind/board.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'
import type { SeededOrganization } from './write-organization.ts'

const BUDGET_POLICY = {
  steps: [
    {
      name: 'Finance or the review board',
      approvers: { roles: ['finance', 'administrator', 'board_member'] },
      escalateAfterHours: 48,
      escalateTo: { roles: ['executive'] },
    },
  ],
}

const EXEMPTION_POLICY = {
  steps: [
    {
      name: 'Security, an approver or the review board',
      approvers: { roles: ['security', 'approver', 'board_member'] },
      escalateAfterHours: 48,
      escalateTo: { roles: ['administrator'] },
    },
  ],
}

/** The review board of the demonstration may decide on budgets and exemptions, beside those whom the kinds name. */
export async function writeBoardPolicies(ctx: Context): Promise<void> {
  const set = (kind: string, policy: object, reason: string) => setPolicy({ ctx, input: { kind, policy, reason } })
  await set(budgetIncreaseKind.id, BUDGET_POLICY, 'The review board decides on budgets that change what a team does')
  await set(exemptionKind.id, EXEMPTION_POLICY, 'The review board takes up what nobody has decided by its meeting')
}

/** A request for a higher budget that the board approved at a past meeting. */
export async function writeBoardRequest(
  tx: Transaction,
  { organizationId, random }: Scenario,
  people: SeededOrganization['people'],
  decided: { id: string; numbered: { number: string }; item: PastItem; decidedAt: Date },
): Promise<{ id: string; snapshot: BudgetIncreaseSnapshot; outcome: string }> {
  const { item, decidedAt, numbered } = decided
  const lead = demand(people, 'Priya Raman')
  const budget = await tx.budget.findFirstOrThrow({ where: { organizationId, name: 'Support assistants' } })
  const limitUsd = formatUsd(budget.limitNanoUsd)
  const snapshot: BudgetIncreaseSnapshot = {
    budgetId: budget.id,
    budget: budget.name,
    limitBeforeUsd: formatUsd((budget.limitNanoUsd * 4n) / 5n),
    limitUsd,
  }
  const createdAt = new Date(decidedAt.getTime() - 5 * DAY_MS)
  const voterName = `Review board (${numbered.number})`
  const outcome = `${voterName}: ${item.rationale}`
  const id = random.id(createdAt.getTime())
  await tx.approvalRequest.create({
    data: {
      ...{
        id,
        organizationId,
        kind: budgetIncreaseKind.id,
        subjectId: budget.id,
        title: `USD ${limitUsd} for ${budget.name}`,
      },
      ...{ reason: 'The winter season brings more tickets', teamId: budget.teamId, risk: 'medium', snapshot },
      ...{ requesterId: lead.id, requesterName: lead.name, excludedIds: [lead.id], digest: snapshotDigest(snapshot) },
      ...{
        rule: 'Budgets are raised by Finance',
        policy: ApprovalPolicy.parse(BUDGET_POLICY),
        policyVersion: 1,
        state: 'approved',
      },
      ...{
        stepOpenedAt: createdAt,
        expiresAt: new Date(createdAt.getTime() + 14 * DAY_MS),
        outcome,
        decidedAt,
        createdAt,
      },
      conditions: (item.conditions ?? []).map(([text]) => text),
      result: { kind: 'budget', id: budget.id, name: budget.name, href: `/finance/budgets/${budget.id}` },
    },
  })
  await tx.approvalVote.create({
    data: {
      ...{ id: random.id(decidedAt.getTime()), organizationId, requestId: id, step: 0, voterId: decided.id, voterName },
      ...{ onBehalfOf: [], vote: 'approve', reason: item.rationale, createdAt: decidedAt },
      afterMs: BigInt(decidedAt.getTime() - createdAt.getTime()),
    },
  })
  return { id, snapshot, outcome }
}
