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
 * How many approvals a step has towards its quorum. Somebody and whoever stands in for them are one: a delegate's
 * approval counts in the place of one person who has not approved, and of all of them where all have to.
 */
export function approvalsGiven(quorum: Quorum, eligible: readonly Eligible[], votes: readonly Vote[]): number {
  const approvers = new Set(votes.flatMap(({ voterId, vote }) => (vote === 'approve' ? [voterId] : [])))
  const delegates = eligible.filter(({ personId, onBehalfOf }) => onBehalfOf.length > 0 && approvers.has(personId))
  const given = new Set(approvers)
  for (const { personId } of delegates) given.delete(personId)
  for (const { onBehalfOf } of delegates.toSorted((a, b) => a.onBehalfOf.length - b.onBehalfOf.length)) {
    const open = onBehalfOf.filter(id => !given.has(id))
    for (const id of quorum === 'all' ? open : open.slice(0, 1)) given.add(id)
  }
  const seats = seatsOf(eligible)
  return quorum === 'all' && seats.length > 0 ? seats.filter(({ personId }) => given.has(personId)).length : given.size
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

/** Those who may decide for themselves. */
function seatsOf(eligible: readonly Eligible[]): Eligible[] {
  return eligible.filter(({ onBehalfOf }) => onBehalfOf.length === 0)
}
