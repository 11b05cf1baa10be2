import 'server-only'
import type { z } from 'zod'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterName, nameCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { toDto, WITH_TEAMS } from './person-dto.ts'
import type { ListPeopleQuery, PersonDto } from './schema.ts'

/** The organization's people by name. */
export function listPeople(ctx: Context, query: z.output<typeof ListPeopleQuery>): Promise<Page<PersonDto>> {
  requirePermission(ctx, 'people.read')
  return read(ctx, async tx => {
    const rows = await tx.person.findMany({
      where: { AND: [{ organizationId: ctx.organizationId }, filterOf(query), afterName(query.cursor)] },
      include: WITH_TEAMS,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, nameCursor)
    return { ...page, data: page.data.map(toDto) }
  })
}

/** One person of the organization; throws `not_found` for any other. */
export function getPerson(ctx: Context, id: string): Promise<PersonDto> {
  requirePermission(ctx, 'people.read')
  return read(ctx, async tx => {
    const where = { id, organizationId: ctx.organizationId }
    const person = isId(id) ? await tx.person.findFirst({ where, include: WITH_TEAMS }) : null
    if (!person) throw notFound('person')
    return toDto(person)
  })
}

function filterOf(query: z.output<typeof ListPeopleQuery>): Prisma.PersonWhereInput {
  const contains = { contains: query.search, mode: 'insensitive' } as const
  return {
    ...(query.search ? { OR: [{ name: contains }, { email: contains }] } : {}),
    ...(query.status ? { status: query.status } : {}),
    ...(query.role ? { roles: { has: query.role } } : {}),
    ...(query.teamId ? { memberships: { some: { teamId: query.teamId } } } : {}),
  }
}
