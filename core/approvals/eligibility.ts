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

/** May decide: for themselves, or in the place of these persons. */
export interface Eligible {
  readonly personId: string
  /** Empty: for themselves. */
  readonly onBehalfOf: readonly string[]
}

/**
 * Everybody who may decide a step. A delegate may where the one they stand in for may; neither an excluded person nor
 * their delegate for them, and no excluded delegate. Nobody where the review board decides in a meeting.
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
  const eligible = new Map<string, string[]>(named.map(({ id }) => [id, []]))
  const known = new Set(people.map(({ id }) => id))
  const own = new Set(eligible.keys())
  for (const { fromId, toId } of delegations) {
    if (!own.has(fromId) || excluded.has(toId) || !known.has(toId) || own.has(toId)) continue
    eligible.set(toId, [...(eligible.get(toId) ?? []), fromId])
  }
  return [...eligible].map(([personId, onBehalfOf]) => ({ personId, onBehalfOf }))
}

function isNamed(approvers: Approvers, person: Candidate, teamId: string | null): boolean {
  if (approvers.personIds.includes(person.id)) return true
  if (person.roles.some(role => approvers.roles.includes(role))) return true
  return approvers.teamLeads && teamId !== null && person.ledTeamIds.includes(teamId)
}
