import { parseUsd } from '#core/money.ts'
import type { ApprovalKind } from '#lib/approvals/approval-kind.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { applyBrief } from '#lib/workloads/apply-brief.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'
import { BriefSnapshot, briefWords, snapshotOf } from './brief-snapshot.ts'

/**
 * A brief for a workload. Approval makes the workload with its budget and route, or changes the one that it is about;
 * gateways hold its calls to that within a second.
 */
export const briefKind: ApprovalKind = {
  id: 'workload_brief',
  title: 'Workload brief',
  policy: {
    steps: [
      {
        name: 'Review board or a delegate',
        approvers: { roles: ['board_member', 'approver'] },
        escalateAfterHours: 72,
        escalateTo: { roles: ['administrator'] },
      },
    ],
  },
  describe(snapshot) {
    const lines = Object.entries(briefWords(BriefSnapshot.parse(snapshot)))
    return lines.flatMap(([field, after]) =>
      after === null ? [] : [{ label: field.charAt(0).toUpperCase() + field.slice(1), before: null, after }],
    )
  },
  href: ({ subjectId }) => `/workloads/briefs/${subjectId}`,
  async current(tx, ctx, { subjectId }) {
    const where = { id: subjectId, organizationId: ctx.organizationId, state: 'submitted' }
    const brief = await tx.brief.findFirst({ where })
    return brief && snapshotOf(tx, brief)
  },
  async carryOut(tx, ctx, { snapshot, reason, requesterName }) {
    const brief = BriefSnapshot.parse(snapshot)
    const { briefId, slug, workloadId, name, team, owner, tier, models, content } = brief
    const keyScope = content.keyScope ?? 'team'
    const objective = content.objective ?? ''
    const modelIds = models.map(({ id }) => id)
    const costPerCallNanoUsd = parseUsd(content.costPerCallUsd ?? '') || null
    const workload = await applyBrief(tx, ctx, {
      ...{ briefId, slug, workloadId },
      terms: { name, objective, teamId: team.id, ownerId: owner.id, keyScope, tier, modelIds, costPerCallNanoUsd },
      monthlyLimit: parseUsd(content.costPerMonthUsd ?? '') ?? 0n,
      reason: `Brief of ${requesterName}${reason ? `: ${reason}` : ''}`.slice(0, 500),
    })
    await settle(tx, ctx, briefId, { state: 'approved', outcome: null, workloadId: workload.id })
    return { kind: 'workload', id: workload.id, name: workload.name, href: `/workloads/${workload.id}` }
  },
  async turnDown(tx, ctx, { id, subjectId }) {
    const vote = await tx.approvalVote.findFirst({ where: { requestId: id, vote: 'reject' }, orderBy: { id: 'desc' } })
    const outcome = vote
      ? `${vote.voterName}: ${vote.reason}`
      : 'It was not decided. It can be changed and submitted anew.'
    await settle(tx, ctx, subjectId, { state: 'returned', outcome })
  },
}

async function settle(
  tx: Transaction,
  ctx: Context,
  id: ApprovalRequest['subjectId'],
  data: { state: 'approved' | 'returned'; outcome: string | null; workloadId?: string },
): Promise<void> {
  const brief = await tx.brief.update({ where: { id }, data: { ...data, updatedAt: new Date() } })
  await audit(tx, ctx, {
    action: `brief.${data.state}`,
    subject: { kind: 'brief', id, name: brief.name },
    before: { state: 'submitted' },
    after: data,
  })
}
