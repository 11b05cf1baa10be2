import type { Context } from '../context.ts'
import { databases } from '../database.ts'

/**
 * The context of a person who acts outside the portal, such as by a button in a message, once it is certain who they
 * are; null when they are not active there. It holds what they may do at this moment.
 */
export async function personContext(organizationId: string, email: string, requestId: string): Promise<Context | null> {
  const person = await databases().system.person.findFirst({
    where: { organizationId, email: { equals: email, mode: 'insensitive' }, status: 'active' },
    include: { memberships: true },
  })
  if (!person) return null
  const { id, name, roles, memberships } = person
  const led = memberships.filter(({ kind }) => kind === 'lead')
  const [teamIds, ledTeamIds] = [memberships, led].map(rows => rows.map(({ teamId }) => teamId))
  return {
    organizationId,
    requestId,
    actor: { kind: 'person', id, name, roles, teamIds: teamIds ?? [], ledTeamIds: ledTeamIds ?? [] },
  }
}
