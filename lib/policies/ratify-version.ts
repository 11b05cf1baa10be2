import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'
import { deciderName } from './decider-name.ts'
import { lockPolicy, ratifiedVersion } from './find-policy.ts'
import { changePolicy } from './keep-policy.ts'
import { tellAudience } from './tell-audience.ts'

const DAY_MS = 86_400_000

/** Puts a version into force in the place of the one before, and asks its audience for their acknowledgement. */
export async function ratifyVersion(
  tx: Transaction,
  ctx: Context,
  request: ApprovalRequest,
  versionId: string,
): Promise<void> {
  const by = await deciderName(tx, request)
  const policy = await lockPolicy(tx, ctx, request.subjectId)
  const now = new Date()
  const before = await ratifiedVersion(tx, policy.id)
  if (before) await tx.policyVersion.update({ where: { id: before.id }, data: { state: 'superseded', endedAt: now } })
  const version = await tx.policyVersion.update({
    where: { id: versionId },
    data: { state: 'ratified', ratifiedByName: by, ratifiedAt: now, circulatedAt: now },
  })
  const reviewDueAt = new Date(now.getTime() + policy.reviewEveryDays * DAY_MS)
  const after = await changePolicy(
    tx,
    ctx,
    policy,
    // Whoever writes from now on writes on what others have agreed to.
    { reviewDueAt, draftAuthorIds: [] },
    {
      action: 'policy.ratified',
      reason: request.reason,
      text: `version ${version.number} ratified by ${by}`,
    },
  )
  await tellAudience(tx, ctx, after, version)
}
