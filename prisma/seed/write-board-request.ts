import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { snapshotDigest } from '#core/approvals/snapshot.ts'
import { formatUsd } from '#core/money.ts'
import { setPolicy } from '#lib/approvals/set-policy.ts'
import { type BudgetIncreaseSnapshot, budgetIncreaseKind } from '#lib/budgets/budget-increase-kind.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { PastItem } from './northwind/board.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'
import type { SeededOrganization } from './write-organization.ts'

/** Budget increases of the demonstration are decided by Finance, or by the review board. */
const POLICY = {
  steps: [
    {
      name: 'Finance or the review board',
      approvers: { roles: ['finance', 'administrator', 'board_member'] },
      escalateAfterHours: 48,
      escalateTo: { roles: ['executive'] },
    },
  ],
}

export async function writeBoardPolicy(ctx: Context): Promise<void> {
  const reason = 'The review board decides on budgets that change what a team does'
  await setPolicy({ ctx, input: { kind: budgetIncreaseKind.id, policy: POLICY, reason } })
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
        policy: ApprovalPolicy.parse(POLICY),
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
