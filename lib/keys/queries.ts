import 'server-only'
import type { z } from 'zod'
import { keyHint } from '#core/api-key.ts'
import { formatUsd } from '#core/money.ts'
import { type Context, ownedBy } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { decodeCursor, ID_CURSOR, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import type { KeyDto, KeyGrantDto, ListKeysQuery } from './schema.ts'

const WITH_NAMES = { team: { select: { name: true } }, person: { select: { name: true } } } as const
type NamedKey = Prisma.ApiKeyGetPayload<{ include: typeof WITH_NAMES }>

/** Keys within the actor's reach, newest first. Playground keys live for minutes and are left out. */
export function listKeys(ctx: Context, query: z.output<typeof ListKeysQuery>): Promise<Page<KeyDto>> {
  const reach = ownedBy(ctx, 'keys.read')
  const after = query.cursor ? { id: { lt: decodeCursor(query.cursor, ID_CURSOR) } } : {}
  return read(ctx, async tx => {
    const rows = await tx.apiKey.findMany({
      where: { AND: [reach, after, filterOf(query, new Date())], kind: 'live' },
      include: WITH_NAMES,
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => last.id)
    return { ...page, data: await withUsage(tx, page.data) }
  })
}

/** One key within the actor's reach; throws `not_found` for any other. */
export function getKey(ctx: Context, id: string): Promise<KeyDto> {
  const reach = ownedBy(ctx, 'keys.read')
  return read(ctx, async tx => {
    const row = await tx.apiKey.findFirst({ where: { AND: [reach, { id }] }, include: WITH_NAMES })
    const [key] = row ? await withUsage(tx, [row]) : []
    if (!key) throw notFound('key')
    return key
  })
}

/** Of the asks for a key since a moment, how many were fulfilled without a person. */
export function selfServiceShare(ctx: Context, since: Date): Promise<{ asked: number; automatic: number }> {
  return read(ctx, async tx => {
    const where = { createdAt: { gte: since } }
    const [asked, automatic] = [
      await tx.keyRequest.count({ where }),
      await tx.keyRequest.count({ where: { ...where, automatic: true } }),
    ]
    return { asked, automatic }
  })
}

function filterOf(query: z.output<typeof ListKeysQuery>, now: Date): Prisma.ApiKeyWhereInput {
  const states: Record<KeyDto['state'], Prisma.ApiKeyWhereInput> = {
    revoked: { revokedAt: { not: null } },
    expired: { revokedAt: null, OR: [{ expiresAt: { lte: now } }, { graceUntil: { lte: now } }] },
    grace: { revokedAt: null, expiresAt: { gt: now }, graceUntil: { gt: now } },
    active: { revokedAt: null, expiresAt: { gt: now }, graceUntil: null },
  }
  return {
    ...(query.teamId ? { teamId: query.teamId } : {}),
    ...(query.personId ? { personId: query.personId } : {}),
    ...(query.search ? { name: { contains: query.search, mode: 'insensitive' } } : {}),
    ...(query.state ? { AND: [states[query.state]] } : {}),
  }
}

async function withUsage(tx: Transaction, keys: NamedKey[]): Promise<KeyDto[]> {
  const sums = await tx.usageRollup.groupBy({
    by: ['keyId'],
    where: { keyId: { in: keys.map(key => key.id) } },
    _sum: { requests: true, costNanoUsd: true },
    _max: { lastAt: true },
  })
  const byKey = new Map(sums.map(sum => [sum.keyId, sum]))
  const now = new Date()
  return keys.map(key => {
    const usage = byKey.get(key.id)
    return {
      id: key.id,
      name: key.name,
      hint: keyHint(key.kind, key.publicId),
      teamId: key.teamId,
      teamName: key.team.name,
      personId: key.personId,
      personName: key.person?.name ?? null,
      environment: key.environment,
      modelIds: key.modelIds,
      requestsPerMinute: key.requestsPerMinute,
      dailyLimitUsd: key.dailyLimitNanoUsd === null ? null : formatUsd(key.dailyLimitNanoUsd),
      ipAllowList: key.ipAllowList,
      tier: key.tier,
      dataSourceIds: key.dataSourceIds,
      workloadId: key.workloadId,
      state: stateOf(key, now),
      createdAt: key.createdAt.toISOString(),
      expiresAt: key.expiresAt.toISOString(),
      revokedAt: key.revokedAt?.toISOString() ?? null,
      revokedReason: key.revokedReason,
      rotatedFromId: key.rotatedFromId,
      lastUsedAt: usage?._max.lastAt?.toISOString() ?? null,
      requests: Number(usage?._sum.requests ?? 0n),
      costUsd: formatUsd(usage?._sum.costNanoUsd ?? 0n),
    }
  })
}

function stateOf(key: NamedKey, now: Date): KeyDto['state'] {
  if (key.revokedAt) return 'revoked'
  if (key.expiresAt <= now || (key.graceUntil && key.graceUntil <= now)) return 'expired'
  return key.graceUntil ? 'grace' : 'active'
}

/** Approved keys that wait for the person to collect them, the one that ends first at the top. */
export function listKeyGrants(ctx: Context): Promise<KeyGrantDto[]> {
  if (ctx.actor.kind !== 'person') return Promise.resolve([])
  const where = { organizationId: ctx.organizationId, personId: ctx.actor.id, claimedAt: null }
  return read(ctx, async tx => {
    const rows = await tx.keyGrant.findMany({
      where: { ...where, expiresAt: { gt: new Date() } },
      orderBy: { expiresAt: 'asc' },
      take: 50,
    })
    return rows.map(({ id, name, teamId, expiresAt }) => ({ id, name, teamId, expiresAt: expiresAt.toISOString() }))
  })
}
