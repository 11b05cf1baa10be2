import { z } from 'zod'
import { formatUsd } from '#core/money.ts'
import type { ApprovalKind } from '#lib/approvals/approval-kind.ts'
import { changeBudget } from './update-budget.ts'

/** What is asked for: the limit as it is and as it should be. */
const Snapshot = z.strictObject({
  budgetId: z.uuid(),
  budget: z.string(),
  limitBeforeUsd: z.string(),
  limitUsd: z.string(),
})
export type BudgetIncreaseSnapshot = z.infer<typeof Snapshot>

/** A higher limit for a budget. Approval raises it, and every gateway keeps to it within a second. */
export const budgetIncreaseKind: ApprovalKind = {
  id: 'budget_increase',
  title: 'Budget increase',
  policy: {
    steps: [
      {
        name: 'Finance',
        approvers: { roles: ['finance', 'administrator'] },
        escalateAfterHours: 48,
        escalateTo: { roles: ['executive'] },
      },
    ],
  },
  describe(snapshot) {
    const { budget, limitBeforeUsd, limitUsd } = Snapshot.parse(snapshot)
    return [
      { label: 'Budget', before: null, after: budget },
      { label: 'Limit', before: `USD ${limitBeforeUsd}`, after: `USD ${limitUsd}` },
    ]
  },
  href: ({ subjectId }) => `/finance/budgets/${subjectId}`,
  async current(tx, ctx, { subjectId, snapshot }) {
    const budget = await tx.budget.findFirst({ where: { id: subjectId, organizationId: ctx.organizationId } })
    if (!budget || budget.archivedAt) return null
    const asked = Snapshot.parse(snapshot)
    return { ...asked, budget: budget.name, limitBeforeUsd: formatUsd(budget.limitNanoUsd) }
  },
  async carryOut(tx, ctx, { snapshot, reason, requesterName }) {
    const { budgetId, limitUsd } = Snapshot.parse(snapshot)
    const why = `Asked for by ${requesterName}: ${reason}`.slice(0, 500)
    const { name } = await changeBudget(tx, ctx, { id: budgetId, limitUsd, reason: why })
    return { kind: 'budget', id: budgetId, name, href: `/finance/budgets/${budgetId}` }
  },
}
