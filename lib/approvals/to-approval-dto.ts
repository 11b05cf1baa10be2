import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { approvalsGiven, approvalsNeeded, stillNeeded, type Vote } from '#core/approvals/tally.ts'
import type { Context } from '#lib/platform/context.ts'
import type { ApprovalRequest, ApprovalVote } from '#prisma/generated/client.ts'
import { type Deciders, decidersOf, stepOf } from './deciders.ts'
import type { ApprovalDetailDto, ApprovalDto } from './dto.ts'
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
  const votes = votesOfStep(request)
  const approvals = votes.filter(({ vote }) => vote === 'approve').length
  const eligible = decidersOf(request, deciders)
  const voted = votes.some(vote => vote.voterId === ctx.actor.id)
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

/** Who a step still waits for, by name; null where the review board decides it in a meeting. */
export function whoIsStillNeeded(
  request: RequestWithVotes,
  deciders: Deciders,
  names: ReadonlyMap<string, string>,
): ApprovalDetailDto['stillNeeded'] {
  const { quorum, inMeeting } = stepOf(request)
  if (inMeeting) return null
  const { approvals, personIds, attainable } = stillNeeded(quorum, decidersOf(request, deciders), votesOfStep(request))
  return { approvals, names: personIds.flatMap(id => names.get(id) ?? []), attainable }
}

function votesOfStep({ votes, step }: RequestWithVotes): Vote[] {
  return votes.filter(vote => vote.step === step).map(({ voterId, vote }) => ({ voterId, vote: vote as Vote['vote'] }))
}
