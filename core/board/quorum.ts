import type { QuorumRule, Seat } from './charter.ts'

export interface Quorum {
  /** Voting members of the board. */
  readonly members: number
  readonly present: number
  readonly needed: number
  readonly met: boolean
}

/** How many of so many voting members a rule asks for: at least one, and never met by a board of nobody. */
export function quorumNeeded(rule: QuorumRule, members: number): number {
  if (rule.kind === 'number') return rule.members
  if (rule.kind === 'majority') return Math.floor(members / 2) + 1
  const { numerator, denominator } = rule
  return Math.max(1, Math.ceil((members * numerator) / denominator))
}

/**
 * The quorum of a board with these persons present. Who is recused from an item is not counted as present for it,
 * while the number that is needed stays: the recused do not decide by being there.
 */
export function quorumOf(
  rule: QuorumRule,
  seats: readonly Seat[],
  presentIds: ReadonlySet<string>,
  recusedIds: ReadonlySet<string> = new Set(),
): Quorum {
  const voting = seats.filter(({ votes }) => votes)
  const present = voting.filter(({ personId }) => presentIds.has(personId) && !recusedIds.has(personId)).length
  const needed = quorumNeeded(rule, voting.length)
  return { members: voting.length, present, needed, met: present >= needed }
}
