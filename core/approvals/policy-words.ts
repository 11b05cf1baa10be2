import type { ApprovalPolicy, ApprovalStep, Approvers } from './approval-policy.ts'

/** Names of roles and persons, by their ids; what has none is shown by its id. */
export type NameOf = (id: string) => string

/** Who may decide, in words: "Finance or Administrator, the team's leads, Ana Kovačić". */
export function approversInWords({ roles, personIds, teamLeads }: Approvers, nameOf: NameOf): string {
  const parts = [...roles.map(nameOf), ...(teamLeads ? ['the team’s leads'] : []), ...personIds.map(nameOf)]
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(parts)
}

/** How many have to approve, in words. */
export function quorumInWords(quorum: ApprovalStep['quorum']): string {
  if (quorum === 'any') return 'one of them'
  return quorum === 'all' ? 'all of them' : `${quorum} of them`
}

/** A duration in whole hours, in the largest unit that fits it: "2 days", "36 hours". */
export function hoursInWords(hours: number): string {
  const [count, unit] = hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** A policy field by field, as versions of it are compared. */
export function policyInWords(
  { steps, expiresAfterHours, direct }: ApprovalPolicy,
  nameOf: NameOf,
): Record<string, string> {
  const words = steps.map((step, at) => [`step ${at + 1}`, stepInWords(step, nameOf)] as const)
  const expires = `after ${hoursInWords(expiresAfterHours)}`
  return { ...Object.fromEntries(words), expires, ...(direct ? { 'direct way': 'with the permission for it' } : {}) }
}

function stepInWords(
  { name, approvers, quorum, escalateAfterHours, escalateTo }: ApprovalStep,
  nameOf: NameOf,
): string {
  const who = `${name}: ${approversInWords(approvers, nameOf)}, ${quorumInWords(quorum)}`
  if (escalateAfterHours === null || escalateTo === null) return who
  return `${who}; after ${hoursInWords(escalateAfterHours)} also ${approversInWords(escalateTo, nameOf)}`
}
