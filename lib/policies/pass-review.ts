import { openApproval } from '#lib/approvals/open-approval.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'
import { deciderName } from './decider-name.ts'
import { snapshotOf } from './decision-snapshot.ts'
import { lockPolicy } from './find-policy.ts'
import { changePolicy } from './keep-policy.ts'
import { policyRatificationKind } from './policy-ratification-kind.ts'

/** Notes that Legal has reviewed a version, and puts it before the sponsor in the name of whoever asked for the review. */
export async function passReview(
  tx: Transaction,
  ctx: Context,
  request: ApprovalRequest,
  versionId: string,
): Promise<void> {
  const by = await deciderName(tx, request)
  const policy = await lockPolicy(tx, ctx, request.subjectId)
  const version = await tx.policyVersion.update({
    where: { id: versionId },
    data: { state: 'legal_reviewed', reviewedByName: by, reviewedAt: new Date() },
  })
  await changePolicy(
    tx,
    ctx,
    policy,
    {},
    {
      action: 'policy.legal_reviewed',
      reason: request.reason,
      text: `version ${version.number} reviewed by ${by}`,
    },
  )
  await openApproval(tx, nameOf(ctx, request), {
    kind: policyRatificationKind,
    subjectId: policy.id,
    title: `Ratify version ${version.number} of ${policy.name}`,
    reason: request.reason,
    snapshot: await snapshotOf(tx, policy, version),
    risk: version.editorial ? 'low' : 'high',
    rule: 'Policies are ratified by the executive sponsor',
    excludedIds: request.excludedIds,
  })
}

/** Whoever asked for the review asks for the ratification as well, and hears what comes of it. */
function nameOf(ctx: Context, { requesterId: id, requesterName: name }: ApprovalRequest): Context {
  if (id === null) return ctx
  return { ...ctx, actor: { kind: 'person', id, name, roles: [], teamIds: [], ledTeamIds: [] } }
}
