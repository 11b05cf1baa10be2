import type { z } from 'zod'
import { type Context, ownedBy } from '#lib/platform/context.ts'
import { afterName, nameCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { RateLimit } from '#prisma/generated/client.ts'
import { currentUse, type Uses } from './current-use.ts'
import { findRateLimit } from './find-rate-limit.ts'
import { readRateLimit } from './rate-limit-record.ts'
import { recordNames } from './record-names.ts'
import type { ListRateLimitsQuery, RateLimitDetailDto, RateLimitDto } from './schema.ts'

const DAY_MS = 86_400_000
const DAYS = 7
const MOST_KEYS = 50

/** Rate limits within the actor's reach, by name. */
export function listRateLimits(ctx: Context, query: z.output<typeof ListRateLimitsQuery>): Promise<Page<RateLimitDto>> {
  const reach = ownedBy(ctx, 'rateLimits.read')
  return read(ctx, async tx => {
    const rows = await tx.rateLimit.findMany({
      where: {
        AND: [reach, afterName(query.cursor)],
        organizationId: ctx.organizationId,
        ...(query.state === 'all' ? {} : { archivedAt: query.state === 'active' ? null : { not: null } }),
        ...(query.scope ? { scope: query.scope } : {}),
        ...(query.teamId ? { teamId: query.teamId } : {}),
        ...(query.search ? { name: { contains: query.search, mode: 'insensitive' as const } } : {}),
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, nameCursor)
    return { ...page, data: await toDtos(tx, page.data) }
  })
}

/** One rate limit with who uses it and who runs into it; throws `not_found` beyond the actor's reach. */
export function getRateLimit(ctx: Context, id: string): Promise<RateLimitDetailDto> {
  return read(ctx, async tx => {
    const rateLimit = await findRateLimit(tx, ctx, 'rateLimits.read', id)
    const dto = await toRateLimitDto(tx, rateLimit)
    const uses = [...((await currentUse(tx, [id])).get(id) ?? [])]
    const names = await recordNames(
      tx,
      uses.map(([countedFor]) => countedFor),
    )
    return {
      ...dto,
      uses: uses
        .map(([countedFor, used]) => ({ id: countedFor, name: names.get(countedFor) ?? countedFor, used }))
        .sort((a, b) => b.used - a.used),
      ...(await refusalsOf(tx, id)),
    }
  })
}

/** A rate limit as it stands, with what is used of it. */
export async function toRateLimitDto(tx: Transaction, rateLimit: RateLimit): Promise<RateLimitDto> {
  const [dto] = await toDtos(tx, [rateLimit])
  if (!dto) throw new Error('one rate limit makes one answer')
  return dto
}

async function toDtos(tx: Transaction, rateLimits: RateLimit[]): Promise<RateLimitDto[]> {
  if (rateLimits.length === 0) return []
  const ids = rateLimits.map(({ id }) => id)
  const uses = await currentUse(tx, ids)
  const names = await recordNames(
    tx,
    rateLimits.flatMap(({ target }) => target ?? []),
  )
  const sums = await tx.rateLimitHit.groupBy({
    by: ['rateLimitId'],
    where: { rateLimitId: { in: ids }, hour: { gte: firstDay() } },
    _sum: { hits: true },
    _max: { lastAt: true },
  })
  const refusals = new Map(sums.map(({ rateLimitId, _sum, _max }) => [rateLimitId, { ..._sum, ..._max }]))
  return rateLimits.map(rateLimit => toDto(rateLimit, uses.get(rateLimit.id), names, refusals.get(rateLimit.id)))
}

function toDto(
  rateLimit: RateLimit,
  uses: Uses | undefined,
  names: ReadonlyMap<string, string>,
  refusals: { hits: number | null; lastAt: Date | null } | undefined,
): RateLimitDto {
  const { id, name, target, teamId, limit, version, createdAt, updatedAt, archivedAt } = rateLimit
  return {
    ...{ id, name, target, teamId, limit, version },
    ...readRateLimit(rateLimit),
    targetName: target === null ? null : (names.get(target) ?? target),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    archivedAt: archivedAt?.toISOString() ?? null,
    used: Math.max(0, ...(uses?.values() ?? [])),
    refused: refusals?.hits ?? 0,
    lastRefusedAt: refusals?.lastAt?.toISOString() ?? null,
    asOf: new Date().toISOString(),
  }
}

/** The first of the last seven days, the present one included. */
function firstDay(): Date {
  return new Date((Math.floor(Date.now() / DAY_MS) - DAYS + 1) * DAY_MS)
}

async function refusalsOf(
  tx: Transaction,
  id: string,
): Promise<Pick<RateLimitDetailDto, 'refusedKeys' | 'refusedByDay'>> {
  const first = firstDay()
  const where = { rateLimitId: id, hour: { gte: first } }
  const byKey = await tx.rateLimitHit.groupBy({
    by: ['keyId'],
    where,
    _sum: { hits: true },
    _max: { lastAt: true },
    orderBy: { _sum: { hits: 'desc' } },
    take: MOST_KEYS,
  })
  const byHour = await tx.rateLimitHit.groupBy({ by: ['hour'], where, _sum: { hits: true } })
  const keys = await tx.apiKey.findMany({
    where: { id: { in: byKey.map(({ keyId }) => keyId) } },
    select: { id: true, name: true, team: { select: { name: true } } },
  })
  const known = new Map(keys.map(key => [key.id, key]))
  const hits = new Map<string, number>()
  for (const { hour, _sum } of byHour) {
    const day = dayOf(hour)
    hits.set(day, (hits.get(day) ?? 0) + (_sum.hits ?? 0))
  }
  return {
    refusedKeys: byKey.map(({ keyId, _sum, _max }) => ({
      keyId,
      keyName: known.get(keyId)?.name ?? 'A key that is gone',
      teamName: known.get(keyId)?.team.name ?? null,
      refused: _sum.hits ?? 0,
      lastAt: (_max.lastAt ?? first).toISOString(),
    })),
    refusedByDay: Array.from({ length: DAYS }, (_, at) => {
      const day = dayOf(new Date(first.getTime() + at * DAY_MS))
      return { day, refused: hits.get(day) ?? 0 }
    }),
  }
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
