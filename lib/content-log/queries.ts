import 'server-only'
import type { z } from 'zod'
import { CONTENT_LOGGING } from '#core/contracts/config-documents.ts'
import { OrganizationSettings } from '#lib/organizations/schema.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { decodeCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { joinSql, type Sql, sql } from '#lib/platform/sql.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { aroundId, firstFound, type Period } from '#lib/requests/event-sql.ts'
import { tierNameIn, tierNames } from '#lib/tiers/tier-name.ts'
import { activeContentKey } from './content-keys.ts'
import { CONTENT_SUBJECT } from './read-content.ts'
import { keptUntil, retentionDays } from './retention.ts'
import {
  type ContentEntryDto,
  type ContentOverviewDto,
  type ContentReadDto,
  type ContentTierDto,
  ListContentQuery,
} from './schema.ts'

const DAY_MS = 86_400_000
const CHARTED_DAYS = 30
/** How content that is kept may be logged. */
const LOGGED = ['full', 'restricted']
/** Entries whose events can be looked up one by one. */
const FEW = 2_000
const CURSOR = /^\d{4}-\d\d-\d\dT[\d:.]+Z [0-9a-f-]{36}$/

type EntryRow = Omit<ContentEntryDto, 'occurredAt' | 'keptUntil'> & { at: Date }

/** Requests whose content is kept, newest first; never the content. */
export function listContent(ctx: Context, input: ListContentQuery): Promise<Page<ContentEntryDto>> {
  requirePermission(ctx, 'content.list')
  const asked = parseInput(ListContentQuery, input)
  return read(ctx, async tx => {
    // A tier that is there no more has entries still.
    const query = asked.tier
      ? { ...asked, tier: tierNameIn(await tierNames(tx, ctx), asked.tier) ?? asked.tier }
      : asked
    const periods: Partial<Period>[] = query.search ? [...aroundId(query.search)] : [{}]
    const rows = await firstFound(periods, period => entriesOf(tx, ctx, query, period))
    const page = toPage(rows, query.limit, last => `${last.at.toISOString()} ${last.id}`)
    const days = await daysByTier(tx, ctx)
    return {
      ...page,
      data: page.data.map(({ at, ...row }) => ({
        ...row,
        occurredAt: at.toISOString(),
        keptUntil: keptUntil(at, days.get(row.tier) ?? 0).toISOString(),
      })),
    }
  })
}

type Query = z.output<typeof ListContentQuery>

const CONTENTS = sql`select c.occurred_at, c.id, c.tier, c.logging, c.truncated, c.plain_bytes,
  octet_length(c.sealed) as stored_bytes from request_contents c`
const EVENTS = sql`select e.occurred_at, e.id, e.dialect, e.streaming, e.status, e.key_id, e.person_id, e.team_id,
  e.model_id from request_events e`
const SAME = sql`e.occurred_at = c.occurred_at and e.id = c.id`

/** One page, walked along an index of the side that the filters are of; of both, along that of the content if it is rare. */
async function entriesOf(tx: Transaction, ctx: Context, query: Query, period: Partial<Period>): Promise<EntryRow[]> {
  const events = eventFilters(query)
  const kinds = await kindsOf(tx, ctx, query)
  if (kinds?.length === 0) return []
  const isOfKinds = kinds && (events.length === 0 || (await areRare(tx, ctx, query, period, kinds)))
  const pairs = isOfKinds ? pairsOfKinds(ctx, query, period, kinds, events) : pairsAlong(ctx, query, period, events)
  return tx.$queryRaw<EntryRow[]>(sql`
    with page as materialized (
      select id, occurred_at as at, tier, logging, truncated, plain_bytes as "plainBytes",
        stored_bytes as "storedBytes", dialect, streaming, status, key_id, person_id, team_id, model_id
      from (${pairs}) pairs order by occurred_at desc, id desc limit ${query.limit + 1})
    select page.id, page.at, page.tier, page.logging, page.truncated, page."plainBytes", page."storedBytes",
      page.dialect, page.streaming, page.status,
      k.name as "keyName", p.name as "personName", t.name as "teamName", m.identifier as "modelIdentifier"
    from page left join api_keys k on k.id = page.key_id left join people p on p.id = page.person_id
      left join teams t on t.id = page.team_id left join models m on m.id = page.model_id
    order by page.at desc, page.id desc`)
}

const PAIR = sql`c.*, e.dialect, e.streaming, e.status, e.key_id, e.person_id, e.team_id, e.model_id`

/**
 * Entries with their events, the newest first; what is filtered by is of events, if anything is. `offset 0` holds
 * Postgres to the order: it takes the pairs for rare and would join every entry with every event first.
 */
function pairsAlong(ctx: Context, query: Query, period: Partial<Period>, ofEvents: readonly Sql[]): Sql {
  const e = sql`e`
  const c = sql`c`
  if (ofEvents.length === 0) {
    return sql`select ${PAIR} from (${CONTENTS} where ${joinSql(within(ctx, query, period, c), ' and ')}) c
      cross join lateral (${EVENTS} where ${SAME} offset 0) e
      order by c.occurred_at desc, c.id desc limit ${query.limit + 1}`
  }
  return sql`select ${PAIR}
    from (${EVENTS} where ${joinSql([...within(ctx, query, period, e), ...ofEvents], ' and ')}) e
    cross join lateral (${CONTENTS} where ${joinSql([SAME, ...contentFilters(query)], ' and ')} offset 0) c
    order by e.occurred_at desc, e.id desc limit ${query.limit + 1}`
}

interface Kind {
  readonly tier: string
  readonly logging: string
}

/** The same, of each tier and way of logging asked for: an index has the newest of each. */
function pairsOfKinds(ctx: Context, query: Query, period: Partial<Period>, kinds: readonly Kind[], events: Sql[]): Sql {
  const parts = kinds.map(
    kind => sql`(select ${PAIR} from (${CONTENTS} where ${ofKind(ctx, query, period, kind)}) c
      cross join lateral (${EVENTS} where ${joinSql([SAME, ...events], ' and ')} offset 0) e
      order by c.occurred_at desc, c.id desc limit ${query.limit + 1})`,
  )
  return joinSql(parts, ' union all ')
}

function ofKind(ctx: Context, query: Query, period: Partial<Period>, { tier, logging }: Kind): Sql {
  const kind = [sql`c.tier = ${tier}`, sql`c.logging = ${logging}`]
  return joinSql([...kind, ...within(ctx, query, period, sql`c`)], ' and ')
}

/** Every tier and way of logging that the filters of the content leave; null: they leave all. */
async function kindsOf(tx: Transaction, { organizationId }: Context, query: Query): Promise<Kind[] | null> {
  const { tier, logging } = query
  if (!tier && !logging) return null
  const kept = tier
    ? [{ tier }]
    : await tx.contentDay.findMany({ where: { organizationId }, select: { tier: true }, distinct: ['tier'] })
  return kept.flatMap(one => (logging ? [logging] : LOGGED).map(each => ({ tier: one.tier, logging: each })))
}

/** Whether there is so little of these kinds that the event of each entry can be looked at. */
async function areRare(tx: Transaction, ctx: Context, query: Query, period: Partial<Period>, kinds: readonly Kind[]) {
  const parts = kinds.map(
    kind => sql`(select from request_contents c where ${ofKind(ctx, query, period, kind)} limit ${FEW})`,
  )
  const [counted] = await tx.$queryRaw<{ count: number }[]>(sql`
    select count(*)::int as count from (${joinSql(parts, ' union all ')}) found`)
  return (counted?.count ?? 0) < FEW
}

/** Whose entries, when, and after which one, of the side of the join that is walked along. */
function within({ organizationId }: Context, query: Query, { from, to }: Partial<Period>, side: Sql): Sql[] {
  const [time, id] = query.cursor ? decodeCursor(query.cursor, CURSOR).split(' ') : []
  return [
    sql`${side}.organization_id = ${organizationId}::uuid`,
    ...(from && to ? [sql`${side}.occurred_at >= ${from} and ${side}.occurred_at < ${to}`] : []),
    ...(query.search ? [sql`${side}.id = ${query.search}::uuid`] : []),
    ...(query.from ? [sql`${side}.occurred_at >= ${new Date(query.from)}`] : []),
    ...(query.to ? [sql`${side}.occurred_at < ${new Date(query.to)}`] : []),
    ...(time && id ? [sql`(${side}.occurred_at, ${side}.id) < (${new Date(time)}, ${id}::uuid)`] : []),
  ]
}

function contentFilters(query: Query): Sql[] {
  return [
    ...(query.tier ? [sql`c.tier = ${query.tier}`] : []),
    ...(query.logging ? [sql`c.logging = ${query.logging}`] : []),
  ]
}

function eventFilters(query: Query): Sql[] {
  return [
    ...(query.keyId ? [sql`e.key_id = ${query.keyId}::uuid`] : []),
    ...(query.teamId ? [sql`e.team_id = ${query.teamId}::uuid`] : []),
    ...(query.personId ? [sql`e.person_id = ${query.personId}::uuid`] : []),
    ...(query.modelId ? [sql`e.model_id = ${query.modelId}::uuid`] : []),
  ]
}

async function tiersOf(tx: Transaction, { organizationId }: Context) {
  const organization = await tx.organization.findFirst({ where: { id: organizationId }, select: { settings: true } })
  const { requestRetentionDays } = OrganizationSettings.parse(organization?.settings ?? {})
  const tiers = await tx.tier.findMany({ where: { organizationId }, orderBy: { rank: 'asc' } })
  return tiers.map(tier => ({ ...tier, days: retentionDays(tier, requestRetentionDays) }))
}

async function daysByTier(tx: Transaction, ctx: Context): Promise<Map<string, number>> {
  return new Map((await tiersOf(tx, ctx)).map(({ name, days }) => [name, days]))
}

/** What is kept by tier and day, and whether anything is kept at all. */
export function contentOverview(ctx: Context): Promise<ContentOverviewDto> {
  requirePermission(ctx, 'content.list')
  return read(ctx, async tx => {
    const key = await activeContentKey(tx, ctx)
    const kept = await tx.contentDay.findMany({
      where: { organizationId: ctx.organizationId },
      orderBy: { day: 'asc' },
    })
    const tiers = (await tiersOf(tx, ctx)).map(({ name, contentLogging, days }): ContentTierDto => {
      const own = kept.filter(day => day.tier === name)
      return {
        name,
        logging: CONTENT_LOGGING.find(one => one === contentLogging) ?? 'metadata',
        retentionDays: days,
        entries: own.reduce((sum, day) => sum + day.entries, 0),
        plainBytes: own.reduce((sum, day) => sum + Number(day.plainBytes), 0),
        storedBytes: own.reduce((sum, day) => sum + Number(day.sealedBytes), 0),
        oldestDay: own[0]?.day.toISOString().slice(0, 10) ?? null,
      }
    })
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
    const days = Array.from({ length: CHARTED_DAYS }, (_, back) => {
      const day = new Date(today - (CHARTED_DAYS - 1 - back) * DAY_MS).toISOString().slice(0, 10)
      const of = kept.filter(one => one.day.toISOString().slice(0, 10) === day)
      return { day, entries: Object.fromEntries(of.map(({ tier, entries }) => [tier, entries])) }
    })
    return { enabled: key !== null, keyCreatedAt: key?.createdAt.toISOString() ?? null, tiers, days }
  })
}

/** Who read content, when and why: from the audit log, the newest first. */
export function listContentReads(ctx: Context, limit = 50): Promise<ContentReadDto[]> {
  requirePermission(ctx, 'content.list')
  return read(ctx, async tx => {
    const entries = await tx.auditEntry.findMany({
      where: { organizationId: ctx.organizationId, subjectKind: CONTENT_SUBJECT, action: 'content.read' },
      orderBy: { sequence: 'desc' },
      take: limit,
    })
    return entries.map(entry => ({
      id: entry.id,
      at: entry.occurredAt.toISOString(),
      by: entry.actorName,
      requestId: entry.subjectId,
      tier: tierIn(entry.after),
      reason: entry.reason,
    }))
  })
}

function tierIn(after: unknown): string | null {
  const tier = (after as { tier?: unknown } | null)?.tier
  return typeof tier === 'string' ? tier : null
}
