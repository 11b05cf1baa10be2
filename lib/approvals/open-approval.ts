import { BOARD_ROLE } from '#core/approvals/approval-policy.ts'
import { snapshotDigest } from '#core/approvals/snapshot.ts'
import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { highestTier } from '#lib/tiers/highest-tier.ts'
import type { ApprovalRequest, Prisma } from '#prisma/generated/client.ts'
import type { ApprovalKind } from './approval-kind.ts'
import { decidersOf, readDeciders, stepOf } from './deciders.ts'
import { policyInForce } from './policy-in-force.ts'
import { tell } from './tell.ts'

const HOUR_MS = 3_600_000

export interface ApprovalAsk {
  kind: ApprovalKind
  subjectId: string
  title: string
  reason: string
  /** What is asked for, whole: this and nothing else is approved. No secret. */
  snapshot: object
  teamId?: string | null
  risk?: 'low' | 'medium' | 'high'
  /** The classification tiers of what the snapshot tells of; messages outside leave out what is above theirs. */
  tiers?: readonly (string | null | undefined)[]
  /** Why a person has to decide, in words. */
  rule: string
  /** Besides the requester: whoever owns or wrote it. */
  excludedIds?: readonly string[]
  /** In whose name it is asked, when that is not the actor's: whoever is told, and may not decide. */
  asker?: { id: string; name: string }
}

/**
 * Puts a request before those who decide its kind, in the transaction of the verb that needs it. Throws `conflict`
 * when one about the same record waits already. Called by verbs that have checked what their caller may ask for.
 */
export async function openApproval(tx: Transaction, ctx: Context, ask: ApprovalAsk): Promise<ApprovalRequest> {
  const { kind, subjectId } = ask
  // Of two who ask at once, the second finds what the first has asked.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('approval'), hashtext(${kind.id + subjectId}))::text`
  const pending = await tx.approvalRequest.count({
    where: { organizationId: ctx.organizationId, kind: kind.id, subjectId, state: 'pending' },
  })
  if (pending > 0) throw conflict(`A request of this kind waits for a decision already: ${ask.title}.`)
  const { policy, version } = await policyInForce(tx, ctx.organizationId, kind)
  const now = new Date()
  const escalateAfter = policy.steps[0]?.escalateAfterHours ?? null
  const asker = ask.asker ?? ctx.actor
  const involved = [ctx.actor.id, asker.id, ...(ask.excludedIds ?? [])]
  const excludedIds = [...new Set(involved.filter(id => id !== null))]
  const request = await tx.approvalRequest.create({
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      kind: kind.id,
      subjectId,
      title: ask.title,
      reason: ask.reason,
      teamId: ask.teamId ?? null,
      requesterId: asker.id,
      requesterName: asker.name,
      snapshot: ask.snapshot as Prisma.InputJsonObject,
      digest: snapshotDigest(ask.snapshot),
      risk: ask.risk ?? 'medium',
      tier: await highestTier(tx, ctx.organizationId, ask.tiers ?? []),
      rule: ask.rule,
      excludedIds,
      policy,
      policyVersion: version,
      stepOpenedAt: now,
      escalatesAt: escalateAfter === null ? null : new Date(now.getTime() + escalateAfter * HOUR_MS),
      expiresAt: new Date(now.getTime() + policy.expiresAfterHours * HOUR_MS),
    },
  })
  await audit(tx, ctx, {
    action: 'approval.requested',
    subject: { kind: 'approval', id: request.id, name: request.title },
    after: { kind: kind.id, subjectId, digest: request.digest, rule: ask.rule, policyVersion: version },
    reason: ask.reason,
  })
  await callDeciders(tx, ctx, request)
  return request
}

/** Tells those who may decide the step that a request waits in. */
export async function callDeciders(tx: Transaction, ctx: Context, request: ApprovalRequest): Promise<void> {
  const everybody = await readDeciders(tx, ctx.organizationId)
  const board = everybody.people.filter(
    ({ id, roles }) => roles.includes(BOARD_ROLE) && !request.excludedIds.includes(id),
  )
  const ids = stepOf(request).inMeeting
    ? board.map(({ id }) => id)
    : decidersOf(request, everybody).map(({ personId }) => personId)
  const again = request.escalatedAt ? 'escalated' : 'opened'
  await tell(tx, ctx, request, ids, {
    kind: 'approval_waiting',
    occasion: `${request.step}:${again}`,
    title: `${request.title} waits for your decision`,
    detail: `${request.requesterName} asks: ${request.reason} (${stepOf(request).name})`,
    dueAt: request.expiresAt,
  })
}
