import type { Role } from '#core/permissions.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** Ids of the active people of an organization who hold one of the roles. */
export async function peopleOfRoles(
  tx: Transaction,
  organizationId: string,
  roles: readonly Role[],
): Promise<string[]> {
  const people = await tx.person.findMany({
    where: { organizationId, status: 'active', roles: { hasSome: [...roles] } },
    select: { id: true },
  })
  return people.map(({ id }) => id)
}

/** Ids of the active leads of a team. */
export async function leadsOfTeam(tx: Transaction, organizationId: string, teamId: string): Promise<string[]> {
  const leads = await tx.membership.findMany({
    where: { teamId, kind: 'lead', person: { organizationId, status: 'active' } },
    select: { personId: true },
  })
  return leads.map(({ personId }) => personId)
}

/** Ids of the active people of a team, its leads among them. */
export async function peopleOfTeam(tx: Transaction, organizationId: string, teamId: string): Promise<string[]> {
  const members = await tx.membership.findMany({
    where: { teamId, person: { organizationId, status: 'active' } },
    select: { personId: true },
  })
  return members.map(({ personId }) => personId)
}
