import { tally } from '#core/approvals/tally.ts'
import { newId } from '#core/ids.ts'
import { putAside } from '#lib/notices/put-aside.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'
import { completeStep } from './complete-step.ts'
import { type Deciders, decidersOf, readDeciders, stepOf, voicesOf } from './deciders.ts'
import { isDecider, lockApproval } from './find-approval.ts'
import { ApproveInput, RejectInput } from './schema.ts'
import { settleApproval } from './settle-approval.ts'
import { isOutdated, voidApproval } from './void-approval.ts'

/** What a decision came to, for whoever made it. */
export interface Decided {
  id: string
  state: string
  /** In words: what happened, or what it waits for now. */
  outcome: string
}

/**
 * Approves a request as far as the caller's vote goes; the vote that completes the last step carries it out in the
 * same transaction, so both happen or neither. A request whose subject has changed since is voided instead. Throws
 * `conflict` when it is decided already: the first decision stands.
 */
export function approveRequest({ ctx, input }: VerbArgs): Promise<Decided> {
  requirePermission(ctx, 'approvals.decide')
  const { id, reason, conditions, digest } = parseInput(ApproveInput, input)
  return transact(ctx, async tx => {
    const { request, deciders } = await beginDecision(tx, ctx, id)
    if (digest !== undefined && digest !== request.digest) {
      throw conflict('What you read is not what is asked for now. Open the request again.')
    }
    if (await isOutdated(tx, ctx, request)) return voidApproval(tx, ctx, request)
    await castVote(tx, ctx, request, deciders, { vote: 'approve', reason })
    return advance(tx, ctx, request, deciders, { reason, conditions })
  })
}

/** Rejects a request: one rejection ends it, with its reason. Throws `conflict` when it is decided already. */
export function rejectRequest({ ctx, input }: VerbArgs): Promise<Decided> {
  requirePermission(ctx, 'approvals.decide')
  const { id, reason } = parseInput(RejectInput, input)
  return transact(ctx, async tx => {
    const { request, deciders } = await beginDecision(tx, ctx, id)
    await castVote(tx, ctx, request, deciders, { vote: 'reject', reason })
    return settleApproval(tx, ctx, request, { state: 'rejected', outcome: `${ctx.actor.name}: ${reason}`, deciders })
  })
}

async function beginDecision(tx: Transaction, ctx: Context, id: string) {
  const request = await lockApproval(tx, ctx, id)
  if (request.state !== 'pending') throw conflict(`This request is ${request.state} already: ${request.outcome ?? ''}`)
  if (request.expiresAt.getTime() <= Date.now()) throw conflict('The time to decide this request is over.')
  const deciders = await readDeciders(tx, ctx.organizationId)
  if (!isDecider(ctx, request, deciders)) throw notADecider(ctx, request)
  const voted = { requestId: id, step: request.step, voterId: ctx.actor.id ?? '' }
  if ((await tx.approvalVote.count({ where: voted })) > 0) {
    throw conflict('You have approved this step. It waits for others.')
  }
  return { request, deciders }
}

function notADecider(ctx: Context, request: ApprovalRequest): DomainError {
  const own = ctx.actor.id !== null && request.excludedIds.includes(ctx.actor.id)
  const words = own
    ? 'Nobody decides what they asked for, own or wrote. Somebody else has to.'
    : `This step is decided by others: ${stepOf(request).name}.`
  return new DomainError('permission_denied', words)
}

async function castVote(
  tx: Transaction,
  ctx: Context,
  request: ApprovalRequest,
  deciders: Deciders,
  { vote, reason }: { vote: 'approve' | 'reject'; reason: string },
): Promise<void> {
  const names = new Map(deciders.people.map(({ id, name }) => [id, name]))
  const mine = decidersOf(request, deciders).find(({ personId }) => personId === ctx.actor.id)
  const onBehalfOf = mine ? voicesOf(mine, names) : []
  await tx.approvalVote.create({
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      requestId: request.id,
      step: request.step,
      voterId: ctx.actor.id ?? '',
      voterName: ctx.actor.name,
      onBehalfOf,
      vote,
      reason,
      afterMs: BigInt(Date.now() - request.stepOpenedAt.getTime()),
    },
  })
  if (ctx.actor.id !== null) {
    const waiting = { kind: 'approval_waiting', href: `/approvals/${request.id}` } as const
    await putAside(tx, ctx, { ...waiting, personIds: [ctx.actor.id] })
  }
  await audit(tx, ctx, {
    action: vote === 'approve' ? 'approval.approved' : 'approval.rejected',
    subject: { kind: 'approval', id: request.id, name: request.title },
    after: { digest: request.digest, step: stepOf(request).name, onBehalfOf },
    ...(reason ? { reason } : {}),
  })
}

/** Goes to the next step when this one has its votes, and carries out what the last one approved. */
async function advance(
  tx: Transaction,
  ctx: Context,
  request: ApprovalRequest,
  deciders: Deciders,
  { reason, conditions }: { reason: string; conditions: string[] },
): Promise<Decided> {
  const step = stepOf(request)
  const votes = await tx.approvalVote.findMany({ where: { requestId: request.id, step: request.step } })
  const standing = votes.map(({ voterId, vote }) => ({ voterId, vote: vote as 'approve' | 'reject' }))
  const kept = [...(request.conditions as string[]), ...conditions]
  if (tally(step.quorum, decidersOf(request, deciders), standing) === 'pending') {
    await tx.approvalRequest.update({ where: { id: request.id }, data: { conditions: kept } })
    return { id: request.id, state: 'pending', outcome: `${step.name} needs more approvals.` }
  }
  const words = reason ? `${ctx.actor.name}: ${reason}` : `Approved by ${ctx.actor.name}.`
  return completeStep(tx, ctx, request, { words, conditions: kept, deciders })
}
