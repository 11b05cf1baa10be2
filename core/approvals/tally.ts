import type { Quorum } from './approval-policy.ts'
import type { Eligible } from './eligibility.ts'

export interface Vote {
  readonly voterId: string
  readonly vote: 'approve' | 'reject'
}

/** How many approvals a step needs of those who may decide it; never none. Delegates add none of their own. */
export function approvalsNeeded(quorum: Quorum, eligible: readonly Eligible[]): number {
  if (quorum === 'any') return 1
  return Math.max(1, quorum === 'all' ? seatsOf(eligible).length : quorum)
}

/**
 * How many approvals a step has towards its quorum. Where all have to approve, it has those whose voice was given, by
 * themselves or by whoever stands in for them. Where a number has to, different persons have to look: somebody and
 * whoever stands in for them are one, and a delegate's approval counts in the place of one person who has not approved.
 */
export function approvalsGiven(quorum: Quorum, eligible: readonly Eligible[], votes: readonly Vote[]): number {
  const approvers = approversOf(votes)
  const seats = seatsOf(eligible)
  if (quorum === 'all' && seats.length > 0) return seats.length - voicesMissing(eligible, votes).length
  const delegates = eligible.filter(({ personId, inOwnRight }) => !inOwnRight && approvers.has(personId))
  const given = new Set(approvers)
  for (const { personId } of delegates) given.delete(personId)
  for (const { onBehalfOf } of delegates.toSorted((a, b) => a.onBehalfOf.length - b.onBehalfOf.length)) {
    const stoodInFor = onBehalfOf.find(id => !given.has(id))
    if (stoodInFor !== undefined) given.add(stoodInFor)
  }
  return given.size
}

/** Those who may decide in their own right and whose voice nobody has given. */
function voicesMissing(eligible: readonly Eligible[], votes: readonly Vote[]): string[] {
  const approvers = approversOf(votes)
  const given = new Set<string>(approvers)
  for (const { personId, onBehalfOf } of eligible) {
    if (approvers.has(personId)) for (const id of onBehalfOf) given.add(id)
  }
  return seatsOf(eligible).flatMap(({ personId }) => (given.has(personId) ? [] : [personId]))
}

/** How a step stands: one rejection rejects it, approvals of different persons, as many as its quorum, approve it. */
export function tally(
  quorum: Quorum,
  eligible: readonly Eligible[],
  votes: readonly Vote[],
): 'approved' | 'rejected' | 'pending' {
  if (votes.some(({ vote }) => vote === 'reject')) return 'rejected'
  return approvalsGiven(quorum, eligible, votes) >= approvalsNeeded(quorum, eligible) ? 'approved' : 'pending'
}

/** Who is still needed for a step, and whether those who may decide it are enough. */
export interface StillNeeded {
  readonly approvals: number
  /** Where all have to approve, those whose voice is missing; else those whose approval would count. */
  readonly personIds: readonly string[]
  /** Whether the step can be completed by those who may decide it now. */
  readonly attainable: boolean
}

/** Who still has to approve, of those who may. */
export function stillNeeded(quorum: Quorum, eligible: readonly Eligible[], votes: readonly Vote[]): StillNeeded {
  const needed = approvalsNeeded(quorum, eligible)
  const given = approvalsGiven(quorum, eligible, votes)
  const voted = new Set(votes.map(({ voterId }) => voterId))
  const open = eligible.filter(({ personId }) => !voted.has(personId))
  const by = (personId: string): Vote => ({ voterId: personId, vote: 'approve' })
  const counts = open.filter(({ personId }) => approvalsGiven(quorum, eligible, [...votes, by(personId)]) > given)
  const most = approvalsGiven(quorum, eligible, [...votes, ...open.map(({ personId }) => by(personId))])
  const missing = quorum === 'all' ? voicesMissing(eligible, votes) : counts.map(({ personId }) => personId)
  return { approvals: Math.max(0, needed - given), personIds: missing, attainable: most >= needed }
}

/** Those who may decide in their own right. */
function seatsOf(eligible: readonly Eligible[]): Eligible[] {
  return eligible.filter(({ inOwnRight }) => inOwnRight)
}

function approversOf(votes: readonly Vote[]): ReadonlySet<string> {
  return new Set(votes.flatMap(({ voterId, vote }) => (vote === 'approve' ? [voterId] : [])))
}
