import 'server-only'
import { CONTENT_LOGGING } from '#core/contracts/config-documents.ts'
import { OrganizationSettings } from '#lib/organizations/schema.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { decodeCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { joinSql, type Sql, sql } from '#lib/platform/sql.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { aroundId } from '#lib/requests/event-sql.ts'
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
const CURSOR = /^\d{4}-\d\d-\d\dT[\d:.]+Z [0-9a-f-]{36}$/

type EntryRow = Omit<ContentEntryDto, 'occurredAt' | 'keptUntil'> & { at: Date }

/** Requests whose content is kept, newest first; never the content. */
export function listContent(ctx: Context, input: ListContentQuery): Promise<Page<ContentEntryDto>> {
  requirePermission(ctx, 'content.list')
  const query = parseInput(ListContentQuery, input)
  return read(ctx, async tx => {
    const rows = await tx.$queryRaw<EntryRow[]>(sql`
      select c.id, c.occurred_at as at, c.tier, c.logging, c.truncated, c.plain_bytes as "plainBytes",
        octet_length(c.sealed) as "storedBytes", e.dialect, e.streaming, e.status, k.name as "keyName",
        p.name as "personName", t.name as "teamName", m.identifier as "modelIdentifier"
      from request_contents c
      join request_events e on e.occurred_at = c.occurred_at and e.id = c.id
      left join api_keys k on k.id = e.key_id left join people p on p.id = e.person_id
      left join teams t on t.id = e.team_id left join models m on m.id = e.model_id
      where ${whereOf(ctx, query)} order by c.occurred_at desc, c.id desc limit ${query.limit + 1}`)
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

function whereOf(ctx: Context, query: ReturnType<typeof parseQuery>): Sql {
  const around = query.search ? aroundId(query.search) : null
  const [time, id] = query.cursor ? decodeCursor(query.cursor, CURSOR).split(' ') : []
  return joinSql(
    [
      sql`c.organization_id = ${ctx.organizationId}::uuid`,
      ...(around ? [sql`c.occurred_at >= ${around.from} and c.occurred_at < ${around.to}`] : []),
      ...(query.search ? [sql`c.id = ${query.search}::uuid`] : []),
      ...(query.from ? [sql`c.occurred_at >= ${new Date(query.from)}`] : []),
      ...(query.to ? [sql`c.occurred_at < ${new Date(query.to)}`] : []),
      ...(query.tier ? [sql`c.tier = ${query.tier}`] : []),
      ...(query.logging ? [sql`c.logging = ${query.logging}`] : []),
      ...(query.keyId ? [sql`e.key_id = ${query.keyId}::uuid`] : []),
      ...(query.teamId ? [sql`e.team_id = ${query.teamId}::uuid`] : []),
      ...(query.personId ? [sql`e.person_id = ${query.personId}::uuid`] : []),
      ...(query.modelId ? [sql`e.model_id = ${query.modelId}::uuid`] : []),
      ...(time && id ? [sql`(c.occurred_at, c.id) < (${new Date(time)}, ${id}::uuid)`] : []),
    ],
    ' and ',
  )
}

function parseQuery(input: ListContentQuery) {
  return parseInput(ListContentQuery, input)
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
