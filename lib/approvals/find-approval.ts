import { type Context, scopeOf } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'
import { type Deciders, decidersOf, readDeciders, stepOf, type WhoseDecision } from './deciders.ts'

/**
 * One request that the caller may see: all of them with `approvals.read` for the organization; else those one asked
 * for, may decide, or has voted on. Throws `not_found` for any other.
 */
export async function findApproval(tx: Transaction, ctx: Context, id: string): Promise<ApprovalRequest> {
  const request = await tx.approvalRequest.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!request || !(await maySee(tx, ctx, request))) throw notFound('approval request')
  return request
}

/** The same, locked: of several who decide at once, each sees what the one before has done. */
export async function lockApproval(tx: Transaction, ctx: Context, id: string): Promise<ApprovalRequest> {
  await tx.$queryRaw`select 1 from approval_requests where id = ${id}::uuid for update`
  return findApproval(tx, ctx, id)
}

async function maySee(tx: Transaction, ctx: Context, request: ApprovalRequest): Promise<boolean> {
  if (scopeOf(ctx.actor, 'approvals.read') === 'organization') return true
  if (ctx.actor.id === null) return ctx.actor.kind === 'system'
  if (request.requesterId === ctx.actor.id) return true
  if ((await tx.approvalVote.count({ where: { requestId: request.id, voterId: ctx.actor.id } })) > 0) return true
  // Also when it is decided: who comes too late is told so.
  return isDecider(ctx, request, await readDeciders(tx, ctx.organizationId))
}

/** Whether the caller may decide a request: by its policy, or as a service token that was given the permission. */
export function isDecider(ctx: Context, request: WhoseDecision, deciders: Deciders): boolean {
  const { actor } = ctx
  if (actor.id === null || request.excludedIds.includes(actor.id)) return false
  if (stepOf(request).inMeeting) return false
  if (actor.kind === 'serviceToken') return scopeOf(actor, 'approvals.decide') === 'organization'
  return actor.kind === 'person' && decidersOf(request, deciders).some(({ personId }) => personId === actor.id)
}
