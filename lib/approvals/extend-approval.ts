import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { readDeciders } from './deciders.ts'
import { isDecider, lockApproval } from './find-approval.ts'
import { ExtendInput } from './schema.ts'

const HOUR_MS = 3_600_000

/** Gives a request more time, by somebody who may decide it. Throws `conflict` when it is decided or its time is over. */
export function extendApproval({ ctx, input }: VerbArgs): Promise<{ id: string; expiresAt: string }> {
  requirePermission(ctx, 'approvals.decide')
  const { id, hours, reason } = parseInput(ExtendInput, input)
  return transact(ctx, async tx => {
    const request = await lockApproval(tx, ctx, id)
    if (request.state !== 'pending') throw conflict(`This request is ${request.state} already.`)
    if (request.expiresAt.getTime() <= Date.now()) throw conflict('The time to decide this request is over.')
    if (!isDecider(ctx, request, await readDeciders(tx, ctx.organizationId))) {
      throw new DomainError('permission_denied', 'Only somebody who may decide it can give it more time.')
    }
    const expiresAt = new Date(request.expiresAt.getTime() + hours * HOUR_MS)
    await tx.approvalRequest.update({ where: { id }, data: { expiresAt } })
    await audit(tx, ctx, {
      action: 'approval.extended',
      subject: { kind: 'approval', id, name: request.title },
      before: { expiresAt: request.expiresAt },
      after: { expiresAt },
      reason,
    })
    await announce(tx, ctx, 'approvals', id)
    return { id, expiresAt: expiresAt.toISOString() }
  })
}
