import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { approvalsGiven, approvalsNeeded } from '#core/approvals/tally.ts'
import type { Context } from '#lib/platform/context.ts'
import type { ApprovalRequest, ApprovalVote } from '#prisma/generated/client.ts'
import { type Deciders, decidersOf, stepOf } from './deciders.ts'
import type { ApprovalDto } from './dto.ts'
import { isDecider } from './find-approval.ts'
import { kindOf } from './kinds.ts'
import type { ApprovalState } from './schema.ts'

export type RequestWithVotes = ApprovalRequest & { votes: ApprovalVote[] }

/** A request as its list and its page show it to the caller. */
export function toApprovalDto(
  ctx: Context,
  request: RequestWithVotes,
  deciders: Deciders,
  teamNames: ReadonlyMap<string, string>,
): ApprovalDto {
  const kind = kindOf(request.kind)
  const step = stepOf(request)
  const own = request.votes.filter(vote => vote.step === request.step)
  const votes = own.map(({ voterId, vote }) => ({ voterId, vote: vote as 'approve' | 'reject' }))
  const approvals = votes.filter(({ vote }) => vote === 'approve').length
  const eligible = decidersOf(request, deciders)
  const voted = own.some(vote => vote.voterId === ctx.actor.id)
  return {
    id: request.id,
    kind: kind.id,
    kindTitle: kind.title,
    title: request.title,
    reason: request.reason,
    requesterId: request.requesterId,
    requesterName: request.requesterName,
    teamId: request.teamId,
    teamName: request.teamId === null ? null : (teamNames.get(request.teamId) ?? null),
    risk: request.risk as ApprovalDto['risk'],
    rule: request.rule,
    lines: kind.describe(request.snapshot),
    approvalAsks: kind.approvalAsks?.(request.snapshot) ?? null,
    digest: request.digest,
    subjectHref: kind.href(request),
    state: request.state as ApprovalState,
    stepName: step.name,
    step: request.step,
    steps: ApprovalPolicy.parse(request.policy).steps.length,
    approvals: request.state === 'pending' ? approvalsGiven(step.quorum, eligible, votes) : approvals,
    approvalsNeeded: approvalsNeeded(step.quorum, eligible),
    mine: request.state === 'pending' && !voted && isDecider(ctx, request, deciders),
    escalatedAt: request.escalatedAt?.toISOString() ?? null,
    expiresAt: request.expiresAt.toISOString(),
    createdAt: request.createdAt.toISOString(),
    decidedAt: request.decidedAt?.toISOString() ?? null,
    outcome: request.outcome,
    conditions: request.conditions as string[],
  }
}
