import { ApprovalPolicy, type ApprovalStep } from '#core/approvals/approval-policy.ts'
import {
  type Candidate,
  type Decidable,
  type Delegation,
  type Eligible,
  eligibleFor,
} from '#core/approvals/eligibility.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'

/** The people of an organization and who stands in for whom, read once for any number of requests. */
export interface Deciders {
  readonly people: readonly (Candidate & { name: string })[]
  readonly delegations: readonly (Delegation & { kinds: readonly string[] })[]
}

/** What of a request says who may decide it. */
export type WhoseDecision = Pick<ApprovalRequest, 'kind' | 'policy' | 'step' | 'teamId' | 'excludedIds' | 'escalatedAt'>

const FALLBACK_ROLE = 'administrator'

/** Everybody who could decide something, and the delegations in force at a moment. */
export async function readDeciders(tx: Transaction, organizationId: string, at = new Date()): Promise<Deciders> {
  const people = await tx.person.findMany({
    where: { organizationId, status: 'active' },
    select: { id: true, name: true, roles: true, memberships: { where: { kind: 'lead' }, select: { teamId: true } } },
    orderBy: { name: 'asc' },
  })
  const delegations = await tx.approvalDelegation.findMany({
    where: { organizationId, startsAt: { lte: at }, endsAt: { gt: at }, endedAt: null },
    select: { fromId: true, toId: true, kinds: true },
  })
  return {
    people: people.map(({ id, name, roles, memberships }) => ({
      id,
      name,
      roles,
      ledTeamIds: memberships.map(({ teamId }) => teamId),
    })),
    delegations,
  }
}

/** The step that a request waits in. */
export function stepOf(request: Pick<ApprovalRequest, 'policy' | 'step'>): ApprovalStep {
  const step = ApprovalPolicy.parse(request.policy).steps[request.step]
  if (!step) throw new Error('a request waits in a step of its policy')
  return step
}

/**
 * Who may decide the step that a request waits in. Where nobody may, since the role is held by no one else than the
 * requester, administrators do: a request never waits for nobody.
 */
export function decidersOf(request: WhoseDecision, deciders: Deciders): Eligible[] {
  const escalated = request.escalatedAt !== null
  return decidersOfStep(stepOf(request), { ...request, escalated }, deciders).eligible
}

/** The same for a step of any policy, and whether administrators stand in since nobody else may. */
export function decidersOfStep(
  step: ApprovalStep,
  request: Decidable & { readonly kind: string },
  { people, delegations }: Deciders,
): { eligible: Eligible[]; isFallback: boolean } {
  const inForce = delegations.filter(({ kinds }) => kinds.length === 0 || kinds.includes(request.kind))
  const eligible = eligibleFor(step, request, people, inForce)
  if (eligible.length > 0 || step.inMeeting) return { eligible, isFallback: false }
  const fallback = { roles: [FALLBACK_ROLE], personIds: [], teamLeads: false }
  return { eligible: eligibleFor({ ...step, approvers: fallback }, request, people, inForce), isFallback: true }
}

/**
 * Whose voices somebody gives, by name: of those they stand in for, their own first where it is among several; empty
 * where they decide for themselves alone.
 */
export function voicesOf({ personId, inOwnRight, onBehalfOf }: Eligible, names: ReadonlyMap<string, string>): string[] {
  if (onBehalfOf.length === 0) return []
  return [...(inOwnRight ? [personId] : []), ...onBehalfOf].flatMap(id => names.get(id) ?? [])
}
