import { putAside } from '#lib/notices/put-aside.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest, Prisma } from '#prisma/generated/client.ts'
import type { Decided } from './decide-approval.ts'
import { type Deciders, decidersOf, readDeciders } from './deciders.ts'
import { kindOf } from './kinds.ts'
import type { ApprovalState } from './schema.ts'
import { tell } from './tell.ts'

export interface Settlement {
  state: Exclude<ApprovalState, 'pending'>
  outcome: string
  conditions?: string[]
  /** Where they have been read in this transaction already. */
  deciders?: Deciders
}

const WORDS: Record<Settlement['state'], string> = {
  approved: 'is approved',
  rejected: 'is rejected',
  withdrawn: 'was withdrawn',
  expired: 'expired without a decision',
  voided: 'is void',
}

/**
 * Ends a pending request, in the caller's transaction and with the request locked: carries out what is approved, and
 * tells requester and deciders. What carrying out refuses undoes the decision as well.
 */
export async function settleApproval(
  tx: Transaction,
  ctx: Context,
  request: ApprovalRequest,
  { state, outcome, conditions, deciders: read }: Settlement,
): Promise<Decided> {
  const kind = kindOf(request.kind)
  const deciders = decidersOf(request, read ?? (await readDeciders(tx, ctx.organizationId)))
  // Whoever decides need not be allowed to do it alone: the approval is what allows it.
  const by = `approval of ${request.requesterName}’s request by ${ctx.actor.name}`
  const approval = state === 'approved' ? await approvalOf(tx, request) : undefined
  const acting: Context = {
    ...ctx,
    tx,
    actor: { kind: 'system', id: null, name: by },
    ...(approval ? { approval } : {}),
  }
  const settled: ApprovalRequest = { ...request, conditions: conditions ?? request.conditions }
  const result = state === 'approved' ? await kind.carryOut(tx, acting, settled) : null
  if (state !== 'approved') await kind.turnDown?.(tx, acting, settled)
  await tx.approvalRequest.update({
    where: { id: request.id },
    data: {
      state,
      outcome,
      decidedAt: new Date(),
      ...(conditions ? { conditions } : {}),
      ...(result ? { result: result as unknown as Prisma.InputJsonObject } : {}),
    },
  })
  await audit(tx, ctx, {
    action: `approval.${state === 'approved' ? 'granted' : state === 'rejected' ? 'denied' : state}`,
    subject: { kind: 'approval', id: request.id, name: request.title },
    before: { state: 'pending' },
    after: { state, digest: request.digest, conditions: settled.conditions as unknown[], result },
    reason: outcome,
  })
  await putAside(tx, ctx, { kind: 'approval_waiting', href: `/approvals/${request.id}` })
  const others = deciders.map(({ personId }) => personId).filter(id => id !== ctx.actor.id)
  await tell(tx, ctx, request, [request.requesterId, ...others], {
    kind: 'approval_decided',
    occasion: 'settled',
    title: `${request.title} ${WORDS[state]}`,
    detail: outcome,
  })
  return { id: request.id, state, outcome }
}

/** Who asked and who approved, for the versions that it makes. */
async function approvalOf(tx: Transaction, { id, requesterName }: ApprovalRequest): Promise<Context['approval']> {
  const votes = await tx.approvalVote.findMany({
    where: { requestId: id, vote: 'approve' },
    orderBy: { id: 'asc' },
    select: { voterName: true },
  })
  return { id, requesterName, approverNames: [...new Set(votes.map(({ voterName }) => voterName))] }
}
