import type { ApprovalStep, Approvers } from './approval-policy.ts'

/** A person as far as it matters for who may decide. */
export interface Candidate {
  readonly id: string
  readonly roles: readonly string[]
  readonly ledTeamIds: readonly string[]
}

/** Somebody decides for somebody else for a while. */
export interface Delegation {
  readonly fromId: string
  readonly toId: string
}

/** What of a request decides who may decide it. */
export interface Decidable {
  readonly teamId: string | null
  /** The requester, and whoever wrote or owns what is asked for: nobody approves their own. */
  readonly excludedIds: readonly string[]
  readonly escalated: boolean
}

/** May decide: in their own right, in the place of these persons, or both. */
export interface Eligible {
  readonly personId: string
  /** The step names them. */
  readonly inOwnRight: boolean
  /** Those whose voice they give; of somebody in their own right only where all have to approve. */
  readonly onBehalfOf: readonly string[]
}

/**
 * Everybody who may decide a step. A delegate may where the one they stand in for may; neither an excluded person nor
 * their delegate for them, and no excluded delegate. Where all have to approve, somebody whom the step names gives the
 * voice of those they stand in for beside their own. Nobody where the review board decides in a meeting.
 */
export function eligibleFor(
  step: ApprovalStep,
  request: Decidable,
  people: readonly Candidate[],
  delegations: readonly Delegation[],
): Eligible[] {
  if (step.inMeeting) return []
  const excluded = new Set(request.excludedIds)
  const groups = [step.approvers, ...(request.escalated && step.escalateTo ? [step.escalateTo] : [])]
  const named = people.filter(
    person => !excluded.has(person.id) && groups.some(group => isNamed(group, person, request.teamId)),
  )
  const eligible = new Map<string, Set<string>>(named.map(({ id }) => [id, new Set()]))
  const known = new Set(people.map(({ id }) => id))
  const own = new Set(eligible.keys())
  for (const { fromId, toId } of delegations) {
    if (!own.has(fromId) || excluded.has(toId) || !known.has(toId) || fromId === toId) continue
    if (own.has(toId) && step.quorum !== 'all') continue
    eligible.set(toId, (eligible.get(toId) ?? new Set()).add(fromId))
  }
  return [...eligible].map(([personId, voices]) => ({
    personId,
    inOwnRight: own.has(personId),
    onBehalfOf: [...voices],
  }))
}

function isNamed(approvers: Approvers, person: Candidate, teamId: string | null): boolean {
  if (approvers.personIds.includes(person.id)) return true
  if (person.roles.some(role => approvers.roles.includes(role))) return true
  return approvers.teamLeads && teamId !== null && person.ledTeamIds.includes(teamId)
}
