import { isRole } from '#core/permissions.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import type { GroupMappingDto } from './schema.ts'

export const WITH_TEAM = { team: { select: { name: true } } } as const

export function toMappingDto(mapping: Prisma.GroupMappingGetPayload<{ include: typeof WITH_TEAM }>): GroupMappingDto {
  const { id, group, teamId, team, membership, role, createdAt } = mapping
  return {
    id,
    group,
    teamId,
    teamName: team?.name ?? null,
    membership,
    role: role && isRole(role) ? role : null,
    createdAt: createdAt.toISOString(),
  }
}
