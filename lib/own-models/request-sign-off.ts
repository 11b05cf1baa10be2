import { openApproval } from '#lib/approvals/open-approval.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { modelSignOffKind, signOffSnapshot } from './model-sign-off-kind.ts'
import { findModelVersion } from './model-versions.ts'
import { RequestSignOffInput, type SignOffRequestedDto } from './schema.ts'

/** Asks that a version may answer production. Whoever registered it does not decide. */
export async function requestSignOff({ ctx, input }: VerbArgs): Promise<SignOffRequestedDto> {
  requirePermission(ctx, 'models.manage')
  const { id, reason } = parseInput(RequestSignOffInput, input)
  if (ctx.actor.id === null) throw new DomainError('permission_denied', 'A request needs somebody who asks.')
  return transact(ctx, async tx => {
    const { registeredById, trainingDataSourceIds } = await findModelVersion(tx, ctx, id)
    const snapshot = await signOffSnapshot(tx, ctx, id)
    if (!snapshot) throw conflict('This version is signed off already.')
    const trainedOn = await tx.dataSource.findMany({
      where: { id: { in: trainingDataSourceIds }, organizationId: ctx.organizationId },
    })
    const request = await openApproval(tx, ctx, {
      kind: modelSignOffKind,
      subjectId: id,
      title: `${snapshot.model} ${snapshot.label} for production`,
      reason,
      snapshot,
      risk: 'high',
      tiers: trainedOn.map(({ tier }) => tier),
      rule: 'Own models are signed off before production',
      excludedIds: registeredById ? [registeredById] : [],
    })
    return { approvalId: request.id, state: request.state }
  })
}
