import { requirePermission, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import type { Decided } from './decide-approval.ts'
import { lockApproval } from './find-approval.ts'
import { WithdrawInput } from './schema.ts'
import { settleApproval } from './settle-approval.ts'

/** Takes one's own request back; with `approvals.manage`, anybody's. Throws `conflict` when it is decided. */
export function withdrawApproval({ ctx, input }: VerbArgs): Promise<Decided> {
  requirePermission(ctx, 'approvals.read')
  const { id, reason } = parseInput(WithdrawInput, input)
  return transact(ctx, async tx => {
    const request = await lockApproval(tx, ctx, id)
    const own = ctx.actor.id !== null && request.requesterId === ctx.actor.id
    if (!own && !scopeOf(ctx.actor, 'approvals.manage')) {
      throw new DomainError('permission_denied', 'Only whoever asked for it can take it back.')
    }
    if (request.state !== 'pending') throw conflict(`This request is ${request.state} already.`)
    const outcome = reason ? `${ctx.actor.name}: ${reason}` : `Taken back by ${ctx.actor.name}.`
    return settleApproval(tx, ctx, request, { state: 'withdrawn', outcome })
  })
}
