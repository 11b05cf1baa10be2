import { isRole } from '#core/permissions.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import type { PersonDto } from './schema.ts'

export const WITH_TEAMS = {
  memberships: { include: { team: { select: { name: true } } }, orderBy: { team: { name: 'asc' } } },
} as const satisfies Prisma.PersonInclude

export function toDto(person: Prisma.PersonGetPayload<{ include: typeof WITH_TEAMS }>): PersonDto {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    title: person.title,
    roles: person.roles.filter(isRole),
    groupRoles: person.groupRoles.filter(isRole),
    status: person.status,
    teams: person.memberships.map(({ teamId, team, kind, fromGroup }) => ({
      id: teamId,
      name: team.name,
      kind,
      fromGroup,
    })),
    lastSeenAt: person.lastSeenAt?.toISOString() ?? null,
    createdAt: person.createdAt.toISOString(),
    deactivatedAt: person.deactivatedAt?.toISOString() ?? null,
  }
}
