import type { Quorum } from './approval-policy.ts'

export interface Vote {
  readonly voterId: string
  readonly vote: 'approve' | 'reject'
}

/** How many approvals a step needs when so many may decide it; never none. */
export function approvalsNeeded(quorum: Quorum, eligible: number): number {
  if (quorum === 'any') return 1
  return Math.max(1, quorum === 'all' ? eligible : quorum)
}

/**
 * How a step stands: one rejection rejects it, as many approvals of different voters as its quorum approve it.
 * `eligible` is how many may decide it.
 */
export function tally(quorum: Quorum, eligible: number, votes: readonly Vote[]): 'approved' | 'rejected' | 'pending' {
  if (votes.some(({ vote }) => vote === 'reject')) return 'rejected'
  const approvers = new Set(votes.map(({ voterId }) => voterId))
  return approvers.size >= approvalsNeeded(quorum, eligible) ? 'approved' : 'pending'
}
