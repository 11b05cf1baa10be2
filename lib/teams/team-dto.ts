import { formatUsd } from '#core/money.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { KeyBounds, type KeyBoundsInput, type TeamDetailDto, type TeamDto } from './schema.ts'

export const WITH_MEMBERS = {
  memberships: {
    include: { person: { select: { name: true, email: true, status: true } } },
    orderBy: [{ kind: 'desc' }, { person: { name: 'asc' } }],
  },
} as const satisfies Prisma.TeamInclude

type TeamWithMembers = Prisma.TeamGetPayload<{ include: typeof WITH_MEMBERS }>

export function toDto(team: TeamWithMembers): TeamDto {
  const { maxDailyLimitNanoUsd, ...bounds } = KeyBounds.parse(team.keyBounds)
  const active = team.memberships.filter(({ person }) => person.status === 'active')
  return {
    id: team.id,
    name: team.name,
    slug: team.slug,
    description: team.description,
    costCentre: team.costCentre,
    keyBounds: { ...bounds, maxDailyLimitUsd: formatUsd(maxDailyLimitNanoUsd) },
    memberCount: active.length,
    leads: active
      .filter(({ kind }) => kind === 'lead')
      .map(({ personId, person }) => ({ id: personId, name: person.name })),
    createdAt: team.createdAt.toISOString(),
    archivedAt: team.archivedAt?.toISOString() ?? null,
  }
}

export function toDetail(team: TeamWithMembers): TeamDetailDto {
  const members = team.memberships.map(({ personId, person, kind, fromGroup }) => ({
    personId,
    name: person.name,
    email: person.email,
    kind,
    active: person.status === 'active',
    fromGroup,
  }))
  return { ...toDto(team), members }
}

/** Bounds as they are stored, with what an input changes in them. */
export function changeBounds(stored: unknown, changes: KeyBoundsInput = {}): Prisma.InputJsonObject {
  const { maxDailyLimitUsd, ...plain } = changes
  const before = KeyBounds.parse(stored)
  const limit = maxDailyLimitUsd ?? before.maxDailyLimitNanoUsd
  return { ...before, ...plain, maxDailyLimitNanoUsd: limit.toString() }
}
