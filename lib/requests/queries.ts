import 'server-only'
import type { z } from 'zod'
import { RequestEvent, stagesOf } from '#core/contracts/request-event.ts'
import { isId } from '#core/ids.ts'
import type { Context } from '#lib/platform/context.ts'
import { notFound, parseInput } from '#lib/platform/errors.ts'
import { type Page, toPage } from '#lib/platform/pagination.ts'
import { joinSql, type Sql, sql } from '#lib/platform/sql.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { type EventRow, LIST_COLUMNS, namesOf, toRequestDto } from './event-row.ts'
import {
  afterCursor,
  aroundId,
  cursorOf,
  fewOf,
  firstAmong,
  firstFound,
  orderOf,
  type Period,
  periodsOf,
  requestReach,
  requestWhere,
} from './event-sql.ts'
import { ExportRequestsQuery, ListRequestsQuery, type RequestDetailDto, type RequestDto } from './schema.ts'

/** Fewer requests than that of a route or an exemption in a period are looked up one by one. */
const MOST_NAMED = 1_000

/** An export holds at most so many requests, in the order asked for. */
export const MAX_EXPORTED = 10_000

/** Requests within the actor's reach: the last 24 hours, newest first, unless told otherwise. */
export function listRequests(ctx: Context, input: ListRequestsQuery): Promise<Page<RequestDto>> {
  const query = parseInput(ListRequestsQuery, input)
  const { limit, cursor, sort } = query
  const after = cursor ? [afterCursor(sort, cursor)] : []
  return findRequests(ctx, query, after, limit)
}

/** As many of the same as an export holds. */
export async function exportRequests(ctx: Context, input: ExportRequestsQuery): Promise<RequestDto[]> {
  const query = parseInput(ExportRequestsQuery, input)
  return (await findRequests(ctx, query, [], MAX_EXPORTED)).data
}

type Query = z.output<typeof ExportRequestsQuery>

function findRequests(ctx: Context, query: Query, after: Sql[], limit: number): Promise<Page<RequestDto>> {
  const { sort } = query
  const periods = periodsOf(query)
  return read(ctx, async tx => {
    const find: FindRows = (period, among) => {
      const where = joinSql([requestWhere(ctx, query, period), ...after, ...among], ' and ')
      return tx.$queryRaw<EventRow[]>`
        select ${LIST_COLUMNS} from request_events where ${where} order by ${orderOf(sort)} limit ${limit + 1}`
    }
    const first = firstAmong(sort)
    const rowsOf: FindRows = async (period, among) => {
      const rows = first ? await find(period, [...among, first]) : []
      return rows.length > limit ? rows : find(period, among)
    }
    const ofProvider = query.providerId ? [await modelsOf(tx, query.providerId)] : []
    const rows = await firstFound(periods, period => {
      const named = namedIn(ctx, query, period)
      return named
        ? rowsAmong(tx, { named, sort, limit }, among => rowsOf(period, [...ofProvider, ...among]))
        : rowsOf(period, ofProvider)
    })
    const page = toPage(rows, limit, last => cursorOf(sort, last))
    const names = await namesOf(tx, page.data)
    return { ...page, data: page.data.map(row => toRequestDto(row, names)) }
  })
}

type FindRows = (period: Period, among: Sql[]) => Promise<EventRow[]>

/** That a request was answered by a model of a provider: requests are found by models. */
async function modelsOf(tx: Transaction, providerId: string): Promise<Sql> {
  const models = await tx.model.findMany({ where: { providerId }, select: { id: true } })
  return sql`model_id = any(${models.map(({ id }) => id)}::uuid[])`
}

/** Up to so many requests that an index or a table names. */
interface Named {
  readonly rows: Sql
  /** They are the newest of those. */
  readonly areNewest: boolean
}

/** What filters ask for that is named somewhere: what an exemption or a route let on, the dearest, the slowest. */
function namedIn(ctx: Context, query: Query, { from, to }: Period): Named | null {
  const { exemptionId, routeId } = query
  if (exemptionId) {
    const rows = sql`(select occurred_at, request_id as id from exemption_uses
      where exemption_id = ${exemptionId}::uuid and not refused and occurred_at >= ${from} and occurred_at < ${to}
      order by occurred_at desc, request_id desc limit ${MOST_NAMED})`
    return { rows, areNewest: true }
  }
  if (routeId) return { rows: sql`routed_events(${routeId}, ${from}, ${to}, ${MOST_NAMED})`, areNewest: true }
  const few = fewOf(query)
  if (!few) return null
  const rows = sql`(select occurred_at, id from request_events where organization_id = ${ctx.organizationId}::uuid
    and occurred_at >= ${from} and occurred_at < ${to} and ${few.where} order by ${few.order} limit ${MOST_NAMED})`
  return { rows, areNewest: false }
}

/** A few that are named are looked up; those of many are met soon enough on the way through all requests. */
async function rowsAmong(
  tx: Transaction,
  { named, sort, limit }: { named: Named; limit: number } & Pick<Query, 'sort'>,
  rowsOf: (among: Sql[]) => Promise<EventRow[]>,
): Promise<EventRow[]> {
  const [counted] = await tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from ${named.rows} named`
  const areAll = (counted?.count ?? 0) < MOST_NAMED
  if (areAll || (named.areNewest && sort === 'newest')) {
    const rows = await rowsOf([sql`(occurred_at, id) in (select occurred_at, id from ${named.rows} named)`])
    if (areAll || rows.length > limit) return rows
  }
  return rowsOf([])
}

type Detail = z.infer<typeof RequestEvent>['detail']
type DetailRow = EventRow &
  Pick<RequestDetailDto, 'replicaId' | 'agentId' | 'endUser' | 'session' | 'traceId' | 'priceId'> &
  Pick<RequestDetailDto, 'requestBytes' | 'responseBytes'> & {
    configVersion: bigint
    stageUs: number[] | null
    detail: Detail
  }

/** One request with its way through the gateway; throws `not_found` beyond the actor's reach. */
export async function getRequest(ctx: Context, id: string): Promise<RequestDetailDto> {
  const reach = requestReach(ctx)
  if (!isId(id)) throw notFound('request')
  return read(ctx, async tx => {
    const [found] = await firstFound(aroundId(id), ({ from, to }) =>
      tx.$queryRaw<DetailRow[]>(sql`
      select ${LIST_COLUMNS}, replica_id as "replicaId", agent_id as "agentId", end_user as "endUser", session,
        trace_id as "traceId", price_id as "priceId", request_bytes as "requestBytes",
        response_bytes as "responseBytes", config_version as "configVersion",
        stage_us as "stageUs", detail
      from request_events
      where ${reach} and occurred_at >= ${from} and occurred_at < ${to} and id = ${id}::uuid`),
    )
    if (!found) throw notFound('request')
    const { detail, configVersion, replicaId, agentId, endUser, session, traceId, priceId, ...rest } = found
    const { requestBytes, responseBytes, stageUs, ...row } = rest
    const {
      stageOutcomes,
      attempts,
      message,
      translated = null,
      cache = null,
      clientIp,
      userAgent,
      route,
      drillId = null,
      exemptions = [],
    } = RequestEvent.shape.detail.parse(detail)
    const names = await namesOf(tx, [row], attempts)
    const exempted = await tx.exemption.findMany({
      where: { id: { in: exemptions } },
      select: { id: true, title: true },
    })
    return {
      ...toRequestDto(row, names),
      exemptions: exemptions.map(id => ({ id, title: exempted.find(one => one.id === id)?.title ?? null })),
      ...{ replicaId, agentId, endUser, session, traceId, priceId, requestBytes, responseBytes },
      configVersion: configVersion.toString(),
      stages: stagesOf(stageUs ?? [], stageOutcomes),
      attempts: attempts.map(attempt => ({
        ...attempt,
        providerName: names.provider(attempt.providerId),
        modelIdentifier: names.model(attempt.modelId),
      })),
      route: route
        ? { ...route, failedOverFromModel: route.failedOverFrom && names.model(route.failedOverFrom) }
        : null,
      ...{ drillId, message, translated, cache, clientIp, userAgent },
    }
  })
}
