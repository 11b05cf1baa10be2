import { findModel } from '#lib/models/find-model.ts'
import { keepModel } from '#lib/models/keep-model.ts'
import { publishModel } from '#lib/models/publish-model.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'
import { findModelVersion } from './model-versions.ts'

/** Puts a version that was signed off into service, in place of the one before, in the transaction of the decision. */
export async function signOffModelVersion(tx: Transaction, ctx: Context, approval: ApprovalRequest): Promise<void> {
  await lockCatalog(tx, ctx)
  const { id, modelId, label, upstreamModel, digest } = await findModelVersion(tx, ctx, approval.subjectId)
  const before = await findModel(tx, modelId)
  const now = new Date()
  await tx.modelVersion.updateMany({ where: { modelId, id: { not: id } }, data: { inServiceSince: null } })
  await tx.modelVersion.update({
    where: { id },
    data: { signedOffAt: now, inServiceSince: now, approvalId: approval.id },
  })
  await tx.model.update({ where: { id: modelId }, data: { upstreamModel, version: { increment: 1 } } })
  const after = await publishModel(tx, ctx, modelId)
  const reason = `Signed off: ${approval.reason}`.slice(0, 1_000)
  await keepModel(tx, ctx, { before, after, action: 'model.version_in_service', reason })
  const subject = { kind: 'model_version', id, name: `${before.identifier} ${label}` }
  await audit(tx, ctx, { action: 'model_version.signed_off', subject, after: { digest }, reason: approval.reason })
}
