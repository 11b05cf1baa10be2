import { withdrawApproval } from '#lib/approvals/withdraw-approval.ts'
import { requirePermission, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { closeModelRequest } from './close-model-request.ts'
import { findModelRequest, lockModelRequest, modelRequestDto, readBeside } from './request-record.ts'
import { type ModelRequestDto, WithdrawModelRequestInput } from './schema.ts'

/** Takes one's own request back; with `models.manage`, anybody's that is still reviewed. Throws `conflict` when it is decided. */
export async function withdrawModelRequest({ ctx, input }: VerbArgs): Promise<ModelRequestDto> {
  requirePermission(ctx, 'models.request')
  const { id, reason } = parseInput(WithdrawModelRequestInput, input)
  return transact(ctx, async tx => {
    const request = await lockModelRequest(tx, ctx, id)
    const own = ctx.actor.id !== null && request.requesterId === ctx.actor.id
    if (!own && !scopeOf(ctx.actor, 'models.manage')) {
      throw new DomainError('permission_denied', 'Only whoever asked for it can take it back.')
    }
    if (request.state === 'approved' || request.state === 'closed') throw conflict('This request is decided already.')
    if (request.state === 'awaiting_decision' && request.approvalId) {
      await withdrawApproval({ ctx: { ...ctx, tx }, input: { id: request.approvalId, reason } })
    } else {
      await closeModelRequest(tx, ctx, id, reason || `Taken back by ${ctx.actor.name}.`)
    }
    const after = await findModelRequest(tx, ctx, id)
    return modelRequestDto(after, await readBeside(tx, ctx, [after]))
  })
}
