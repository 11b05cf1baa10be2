import { newId } from '#core/ids.ts'
import type { Role } from '#core/permissions.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { DEFAULT_KEY_BOUNDS } from '#lib/teams/schema.ts'

export interface TestOrganization {
  id: string
  /** A team to work in. */
  teamId: string
  /** An administrator. */
  admin: Context
  /** A new person with these roles, member (or lead) of the team unless told. */
  person(roles: Role[], options?: { teamId?: string | null; lead?: boolean }): Promise<Context>
  /** A caller with a service token of these permissions. */
  serviceToken(scopes: string[]): Context
}

/** A fresh organization with one team and one administrator, apart from every other suite's. */
export async function makeOrganization(name = 'Test organization'): Promise<TestOrganization> {
  const { system } = databases()
  const id = newId()
  const teamId = newId()
  await system.organization.create({ data: { id, name, slug: id } })
  await system.team.create({
    data: { id: teamId, organizationId: id, name: 'Platform', slug: 'platform', keyBounds: DEFAULT_KEY_BOUNDS },
  })
  const person: TestOrganization['person'] = async (roles, options = {}) => {
    const personId = newId()
    const team = options.teamId === undefined ? teamId : options.teamId
    await system.person.create({
      data: {
        id: personId,
        organizationId: id,
        email: `${personId}@example.test`,
        name: `Test ${roles[0] ?? 'person'}`,
        roles,
      },
    })
    if (team) {
      const kind = options.lead ? 'lead' : 'member'
      await system.membership.create({ data: { organizationId: id, teamId: team, personId, kind } })
    }
    return {
      organizationId: id,
      requestId: newId(),
      actor: {
        kind: 'person',
        id: personId,
        name: `Test ${roles[0] ?? 'person'}`,
        roles,
        teamIds: team ? [team] : [],
        ledTeamIds: team && options.lead ? [team] : [],
      },
    }
  }
  const serviceToken = (scopes: string[]): Context => ({
    organizationId: id,
    requestId: newId(),
    actor: { kind: 'serviceToken', id: newId(), name: 'Test token', scopes },
  })
  return { id, teamId, admin: await person(['administrator']), person, serviceToken }
}
