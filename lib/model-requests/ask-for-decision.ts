import { openApproval } from '#lib/approvals/open-approval.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ModelRequest } from '#prisma/generated/client.ts'
import { modelRequestKind, requestSnapshot } from './model-request-kind.ts'

/** Puts a request before those who decide, in the name of whoever made it. Called by verbs that have checked it. */
export async function askForDecision(tx: Transaction, ctx: Context, request: ModelRequest): Promise<ModelRequest> {
  const snapshot = await requestSnapshot(tx, request)
  if (!snapshot) throw conflict(`${request.identifier} cannot be decided: its provider is gone, or its name is taken.`)
  const reviewed = request.requesterId !== ctx.actor.id
  const { id: approvalId } = await openApproval(tx, ctx, {
    kind: modelRequestKind,
    subjectId: request.id,
    title: `Model ${request.identifier}`,
    reason: request.purpose.slice(0, 1_000),
    snapshot,
    teamId: request.teamId,
    risk: 'medium',
    tiers: request.tiers,
    rule: 'New models are decided by the board or an approver',
    ...(reviewed && request.requesterId ? { asker: { id: request.requesterId, name: request.requesterName } } : {}),
  })
  return tx.modelRequest.update({ where: { id: request.id }, data: { approvalId, state: 'awaiting_decision' } })
}
