import { isBeforeBoard } from '#core/approvals/approval-policy.ts'
import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict, DomainError } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'
import { completeStep } from './complete-step.ts'
import type { Decided } from './decide-approval.ts'
import { stepOf } from './deciders.ts'
import { settleApproval } from './settle-approval.ts'
import { isOutdated, voidApproval } from './void-approval.ts'

/** What the review board decided about a request. */
export interface BoardVerdict {
  /** The request, locked by the caller. */
  readonly request: ApprovalRequest
  /** The board's decision: its id stands as the voter, its number in the voter's name. */
  readonly decision: { readonly id: string; readonly number: string }
  readonly vote: 'approve' | 'reject'
  readonly reason: string
  readonly conditions: readonly string[]
  /** Who voted for or against: none of them may have asked for, own or have written what is decided. */
  readonly voterIds: readonly string[]
}

/**
 * Casts the deciding vote of the review board for the step that a request waits in, in the transaction that records
 * the board's decision: one such vote completes the step, whatever its quorum of persons. Throws `conflict` when the
 * request is decided already or its time is over, `permission_denied` when the step does not name the board or a voter
 * is excluded. A request whose subject has changed is voided instead.
 */
export async function decideAsBoard(tx: Transaction, ctx: Context, verdict: BoardVerdict): Promise<Decided> {
  const { request, decision, vote, reason } = verdict
  checkVerdict(verdict)
  if (vote === 'approve' && (await isOutdated(tx, ctx, request))) return voidApproval(tx, ctx, request)
  await tx.approvalVote.create({
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      requestId: request.id,
      step: request.step,
      voterId: decision.id,
      voterName: boardName(decision),
      onBehalfOf: [],
      vote,
      reason,
      afterMs: BigInt(Date.now() - request.stepOpenedAt.getTime()),
    },
  })
  await audit(tx, ctx, {
    action: vote === 'approve' ? 'approval.approved' : 'approval.rejected',
    subject: { kind: 'approval', id: request.id, name: request.title },
    after: { digest: request.digest, step: stepOf(request).name, boardDecision: decision },
    reason,
  })
  const words = `${boardName(decision)}: ${reason}`
  if (vote === 'reject') return settleApproval(tx, ctx, request, { state: 'rejected', outcome: words })
  const conditions = [...(request.conditions as string[]), ...verdict.conditions]
  return completeStep(tx, ctx, request, { words, conditions })
}

/** A request, locked, for the board that is about to decide it; null when the organization has none of this id. */
export async function lockForBoard(tx: Transaction, ctx: Context, id: string): Promise<ApprovalRequest | null> {
  await tx.$queryRaw`select 1 from approval_requests where id = ${id}::uuid for update`
  return tx.approvalRequest.findFirst({ where: { id, organizationId: ctx.organizationId } })
}

/** Whether the review board could decide a request now; else why not, in words. */
export function hindranceOfBoard(request: ApprovalRequest): string | null {
  if (request.state !== 'pending') return `This request is ${request.state} already: ${request.outcome ?? ''}`
  if (request.expiresAt.getTime() <= Date.now()) return 'The time to decide this request is over.'
  const step = stepOf(request)
  if (isBeforeBoard(step, request.escalatedAt !== null)) return null
  return `It waits for others than the review board now: ${step.name}.`
}

function checkVerdict({ request, voterIds }: BoardVerdict): void {
  const hindrance = hindranceOfBoard(request)
  if (hindrance) throw conflict(hindrance)
  if (voterIds.some(id => request.excludedIds.includes(id))) {
    throw new DomainError('permission_denied', 'Nobody decides what they asked for, own or wrote; they are recused.')
  }
}

function boardName({ number }: BoardVerdict['decision']): string {
  return `Review board (${number})`
}
