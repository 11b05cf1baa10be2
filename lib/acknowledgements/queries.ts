import 'server-only'
import type { z } from 'zod'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterId, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { askedVersion, findPolicy } from '#lib/policies/find-policy.ts'
import { Audience } from '#lib/policies/schema.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { toDto } from './acknowledge-policy.ts'
import type { AcknowledgementDto, CoverageDto, ListAcknowledgementsQuery } from './schema.ts'

/** Acknowledgements of the people within the caller's reach, newest first. */
export function listAcknowledgements(
  ctx: Context,
  query: z.output<typeof ListAcknowledgementsQuery>,
): Promise<Page<AcknowledgementDto>> {
  const people = peopleWithin(ctx)
  return read(ctx, async tx => {
    const { organizationId } = ctx
    const seen = await tx.person.findMany({
      where: {
        AND: [people, query.teamId ? { memberships: { some: { teamId: query.teamId } } } : {}],
        organizationId,
        ...(query.personId ? { id: query.personId } : {}),
      },
      select: { id: true },
    })
    const rows = await tx.policyAcknowledgement.findMany({
      where: {
        ...afterId(query.cursor),
        organizationId,
        personId: { in: seen.map(({ id }) => id) },
        ...(query.policyId ? { policyId: query.policyId } : {}),
      },
      include: { version: { select: { policy: { select: { name: true } } } } },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => last.id)
    return { ...page, data: page.data.map(row => toDto(row, row.version.policy.name)) }
  })
}

/** Who of the people within the caller's reach is asked for a policy and has acknowledged it, by person and team. */
export function policyCoverage(ctx: Context, id: string): Promise<CoverageDto> {
  const within = peopleWithin(ctx)
  return read(ctx, async tx => {
    if (!isId(id)) throw notFound('policy')
    const policy = await findPolicy(tx, ctx, id)
    const asked = policy.archivedAt ? null : await askedVersion(tx, id)
    const { everyone, teamIds } = Audience.parse(policy.audience)
    const audience = everyone ? {} : { memberships: { some: { teamId: { in: teamIds } } } }
    const people = asked ? await findPeople(tx, ctx, [within, audience]) : []
    const given = asked
      ? await tx.policyAcknowledgement.findMany({
          where: { organizationId: ctx.organizationId, policyId: id, number: { gte: asked.asksFrom } },
          orderBy: { number: 'asc' },
        })
      : []
    const newest = new Map(given.map(one => [one.personId, one]))
    const rows = people.map(person => ({ ...person, given: newest.get(person.id) ?? null }))
    return {
      policyId: id,
      policyName: policy.name,
      number: asked?.number ?? null,
      asked: rows.length,
      acknowledged: rows.filter(row => row.given).length,
      teams: byTeam(rows, everyone ? null : teamIds),
      people: rows.map(row => ({
        id: row.id,
        name: row.name,
        teams: row.memberships.map(({ team }) => team.name),
        acknowledged: row.given && {
          number: row.given.number,
          sha256: row.given.sha256,
          at: row.given.createdAt.toISOString(),
        },
      })),
    }
  })
}

export interface MissingAcknowledgement {
  readonly id: string
  readonly name: string
  /** Whose keys need it; null: those of all teams. */
  readonly teamIds: string[] | null
  /** What is to be read. */
  readonly version: { readonly id: string; readonly number: number; readonly sha256: string; readonly text: string }
}

/** Policies that keys of a team need and that the caller has not acknowledged, for the form that issues keys. */
export function missingForKeys(ctx: Context): Promise<MissingAcknowledgement[]> {
  return read(ctx, async tx => {
    if (ctx.actor.kind !== 'person') return []
    const where = { organizationId: ctx.organizationId, kind: 'policy', deleted: false }
    const published = await tx.gatewayConfig.findMany({ where, select: { id: true, doc: true } })
    if (published.length === 0) return []
    const mine = await tx.policyAcknowledgement.findMany({
      where: { organizationId: ctx.organizationId, personId: ctx.actor.id },
      select: { policyId: true, number: true },
    })
    const missing: MissingAcknowledgement[] = []
    for (const { id, doc } of published) {
      const { name, asksFrom, teamIds } = doc as { name: string; asksFrom: number; teamIds: string[] | null }
      if (mine.some(({ policyId, number }) => policyId === id && number >= asksFrom)) continue
      const version = await askedVersion(tx, id)
      if (version) missing.push({ id, name, teamIds, version })
    }
    return missing
  })
}

function findPeople(tx: Transaction, ctx: Context, where: Prisma.PersonWhereInput[]) {
  return tx.person.findMany({
    where: { AND: where, organizationId: ctx.organizationId, status: 'active' },
    select: {
      id: true,
      name: true,
      memberships: { select: { team: { select: { id: true, name: true } } }, orderBy: { team: { name: 'asc' } } },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
}

type Row = { given: object | null; memberships: { team: { id: string; name: string } }[] }

function byTeam(rows: readonly Row[], only: readonly string[] | null): CoverageDto['teams'] {
  const teams = new Map<string, CoverageDto['teams'][number]>()
  for (const { given, memberships } of rows) {
    for (const { team } of memberships) {
      if (only && !only.includes(team.id)) continue
      const entry = teams.get(team.id) ?? { ...team, asked: 0, acknowledged: 0 }
      entry.asked++
      if (given) entry.acknowledged++
      teams.set(team.id, entry)
    }
  }
  return [...teams.values()].sort((a, b) => a.name.localeCompare(b.name))
}

/** Oneself, the people of the teams one leads, or everybody. */
function peopleWithin(ctx: Context): Prisma.PersonWhereInput {
  const scope = requirePermission(ctx, 'acknowledgements.read')
  if (scope === 'organization') return {}
  if (ctx.actor.kind !== 'person') return { id: { in: [] } }
  if (scope === 'own') return { id: ctx.actor.id }
  return { OR: [{ id: ctx.actor.id }, { memberships: { some: { teamId: { in: ctx.actor.ledTeamIds } } } }] }
}
