import type { VotingRule } from './charter.ts'

export const BOARD_VOTES = ['for', 'against', 'abstain', 'recused'] as const
export type BoardVote = (typeof BOARD_VOTES)[number]

export interface Tally {
  readonly for: number
  readonly against: number
  readonly abstain: number
  readonly recused: number
  /** Votes for that the motion needs, of the votes for and against cast so far. */
  readonly needed: number
  readonly carried: boolean
}

/** Votes for that so many votes for and against need; a motion that nobody votes for is never carried. */
export function votesNeeded(rule: VotingRule, cast: number): number {
  if (rule === 'unanimous') return Math.max(1, cast)
  if (rule === 'two_thirds') return Math.max(1, Math.ceil((cast * 2) / 3))
  return Math.floor(cast / 2) + 1
}

/** How a motion stands. Abstentions and recusals count neither for nor against; a tie is not carried. */
export function tallyVotes(rule: VotingRule, votes: readonly BoardVote[]): Tally {
  const count = (wanted: BoardVote) => votes.filter(vote => vote === wanted).length
  const [inFavour, against] = [count('for'), count('against')]
  const needed = votesNeeded(rule, inFavour + against)
  return {
    for: inFavour,
    against,
    abstain: count('abstain'),
    recused: count('recused'),
    needed,
    carried: inFavour >= needed,
  }
}
