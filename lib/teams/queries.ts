import 'server-only'
import type { z } from 'zod'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterName, nameCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import type { ListTeamsQuery, TeamDetailDto, TeamDto } from './schema.ts'
import { toDetail, toDto, WITH_MEMBERS } from './team-dto.ts'

/** The organization's teams by name; without archived ones unless asked. */
export function listTeams(ctx: Context, query: z.output<typeof ListTeamsQuery>): Promise<Page<TeamDto>> {
  requirePermission(ctx, 'teams.read')
  return read(ctx, async tx => {
    const rows = await tx.team.findMany({
      where: { AND: [{ organizationId: ctx.organizationId }, filterOf(query), afterName(query.cursor)] },
      include: WITH_MEMBERS,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, nameCursor)
    return { ...page, data: page.data.map(toDto) }
  })
}

/** One team with its people; throws `not_found` for one of another organization. */
export function getTeam(ctx: Context, id: string): Promise<TeamDetailDto> {
  requirePermission(ctx, 'teams.read')
  return read(ctx, async tx => {
    const where = { id, organizationId: ctx.organizationId }
    const team = isId(id) ? await tx.team.findFirst({ where, include: WITH_MEMBERS }) : null
    if (!team) throw notFound('team')
    return toDetail(team)
  })
}

function filterOf(query: z.output<typeof ListTeamsQuery>): Prisma.TeamWhereInput {
  return {
    ...(query.search ? { name: { contains: query.search, mode: 'insensitive' } } : {}),
    ...(query.state === 'all' ? {} : { archivedAt: query.state === 'active' ? null : { not: null } }),
    ...(query.personId ? { memberships: { some: { personId: query.personId } } } : {}),
  }
}
