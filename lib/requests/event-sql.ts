import type { z } from 'zod'
import { isId } from '#core/ids.ts'
import { parseUsd } from '#core/money.ts'
import type { Permission } from '#core/permissions.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { DomainError, invalid } from '#lib/platform/errors.ts'
import { decodeCursor } from '#lib/platform/pagination.ts'
import { joinSql, type Sql, sql } from '#lib/platform/sql.ts'
import type { ExportRequestsQuery } from './schema.ts'

const SECOND_MS = 1000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MAX_DAYS = 400

type Filters = z.output<typeof ExportRequestsQuery>
export type RequestSort = Filters['sort']

/** The actor's reach over request_events by a permission: their own, those of the teams they lead, or all. */
export function requestReach(ctx: Context, permission: Permission = 'requests.read'): Sql {
  const scope = requirePermission(ctx, permission)
  const ours = sql`organization_id = ${ctx.organizationId}::uuid`
  if (scope === 'organization') return ours
  const { actor } = ctx
  if (actor.kind !== 'person') throw new DomainError('permission_denied', 'Only a person has requests of their own.')
  if (scope === 'own') return sql`${ours} and person_id = ${actor.id}::uuid`
  return sql`${ours} and (person_id = ${actor.id}::uuid or team_id = any(${actor.ledTeamIds}::uuid[]))`
}

/** A stretch of time, its end not included. */
export interface Period {
  readonly from: Date
  readonly to: Date
}

/** Where a list looks, in this order until something is found: an id carries its time, all else has a range. */
export function periodsOf(query: Filters): readonly [Period, ...Period[]] {
  return query.search && isId(query.search) ? aroundId(query.search) : [rangeOf(query)]
}

/** Every condition of a list: reach, time (so that only the partitions concerned are read) and filters. */
export function requestWhere(ctx: Context, query: Filters, { from, to }: Period): Sql {
  const searched = query.search && isId(query.search) ? query.search : null
  return joinSql(
    [
      requestReach(ctx),
      sql`occurred_at >= ${from} and occurred_at < ${to}`,
      ...equalities(query),
      ...(query.status ? [statusCondition(query.status)] : []),
      ...(query.minCostUsd ? [sql`cost_nano_usd >= ${parseUsd(query.minCostUsd)}`] : []),
      ...(query.minLatencyMs === undefined ? [] : [sql`latency_ms >= ${query.minLatencyMs}`]),
      ...(query.streaming ? [sql`streaming = ${query.streaming === 'true'}`] : []),
      ...(searched ? [sql`id = ${searched}::uuid`] : []),
      ...(query.search && !searched ? [searchCondition(query.search)] : []),
    ],
    ' and ',
  )
}

/**
 * When a request of this id can have occurred, the likeliest first: a UUIDv7 begins with the milliseconds of its
 * making, and a gateway makes it when the request comes, so a second suffices unless a clock was set in between. A day
 * of a busy gateway has millions of requests to look through. Any other id occurred never.
 */
export function aroundId(id: string): readonly [near: Period, wide: Period] {
  const madeAt = id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : 0
  // Beyond that Postgres and JSON have no dates in common.
  const at = Math.min(madeAt, Date.UTC(9999, 0))
  const within = (ms: number) => ({ from: new Date(at - ms), to: new Date(at + ms) })
  return [within(SECOND_MS), within(DAY_MS)]
}

/** What the first of these periods has that has anything. */
export async function firstFound<Row, When>(
  periods: readonly When[],
  find: (period: When) => Promise<Row[]>,
): Promise<Row[]> {
  for (const period of periods) {
    const rows = await find(period)
    if (rows.length > 0) return rows
  }
  return []
}

function rangeOf(query: Filters): Period {
  // Gateways' clocks may run a little ahead; what they just recorded must be seen.
  const to = query.to ? new Date(query.to) : new Date(Date.now() + HOUR_MS)
  const from = query.from ? new Date(query.from) : new Date((query.to ? to.getTime() : Date.now()) - DAY_MS)
  if (from >= to) throw invalid('from', 'from must be before to.')
  if (to.getTime() - from.getTime() > MAX_DAYS * DAY_MS)
    throw invalid('from', `The period may have at most ${MAX_DAYS} days.`)
  return { from, to }
}

function equalities(query: Filters): Sql[] {
  return [
    ...(query.personId ? [sql`person_id = ${query.personId}::uuid`] : []),
    ...(query.keyId ? [sql`key_id = ${query.keyId}::uuid`] : []),
    ...(query.teamId ? [sql`team_id = ${query.teamId}::uuid`] : []),
    ...(query.modelId ? [sql`model_id = ${query.modelId}::uuid`] : []),
    ...(query.providerId ? [sql`provider_id = ${query.providerId}::uuid`] : []),
    ...(query.routeId ? [sql`detail->'route'->>'id' = ${query.routeId}`] : []),
    ...(query.exemptionId
      ? [
          sql`id in (select request_id from exemption_uses where exemption_id = ${query.exemptionId}::uuid and not refused)`,
        ]
      : []),
    ...(query.outcome ? [outcomeCondition(query.outcome)] : []),
  ]
}

const TRACE_ID = /^[0-9a-f]{32}$/

function searchCondition(text: string): Sql {
  return TRACE_ID.test(text) ? sql`trace_id = ${text}` : sql`error_code = ${text}`
}

// What is not ordinary has indexes of its own; the last condition names the constant of one, so that it can be used.
function statusCondition(status: string): Sql {
  if (status === '200') return sql`status = 200`
  if (!status.endsWith('xx')) return sql`status = ${Number(status)} and status <> 200`
  const first = Number(status[0]) * 100
  const inClass = sql`status >= ${first} and status < ${first + 100}`
  if (first === 200) return inClass
  return first >= 400 ? sql`${inClass} and status >= 400` : sql`${inClass} and status <> 200`
}

function outcomeCondition(outcome: Filters['outcome']): Sql {
  return outcome === 'ok' ? sql`outcome = 'ok'` : sql`outcome = ${outcome} and outcome <> 'ok'`
}

// The dear and the slow have an index each, which the constants name.
const DEAR_NANO_USD = 50_000_000n
const DEAR = sql`cost_nano_usd >= 50000000`
const SLOW_MS = 10_000
const SLOW = sql`latency_ms >= 10000`

/** What a list is narrowed to by a least cost or wait that few reach, the most first; null: it is not. */
export function fewOf({ minCostUsd, minLatencyMs = 0 }: Filters): { where: Sql; order: Sql } | null {
  const least = (minCostUsd && parseUsd(minCostUsd)) || 0n
  if (least >= DEAR_NANO_USD)
    return { where: sql`coalesce(cost_nano_usd, -1) >= ${least} and ${DEAR}`, order: ORDERS.cost }
  return minLatencyMs >= SLOW_MS
    ? { where: sql`latency_ms >= ${minLatencyMs} and ${SLOW}`, order: ORDERS.latency }
    : null
}

/** What the first requests of an order are looked for among before all others; null: they are at the end of an index. */
export function firstAmong(sort: RequestSort): Sql | null {
  return { newest: null, cost: DEAR, latency: SLOW }[sort]
}

const ORDERS = {
  newest: sql`occurred_at desc, id desc`,
  cost: sql`coalesce(cost_nano_usd, -1) desc, id desc`,
  latency: sql`latency_ms desc, id desc`,
} as const satisfies Record<RequestSort, Sql>

export function orderOf(sort: RequestSort): Sql {
  return ORDERS[sort]
}

const CURSOR = /^(newest|cost|latency) ([\dTZ:.e+-]{1,32}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Where a page ended: the value it is sorted by, and the id. */
export function cursorOf(
  sort: RequestSort,
  last: { id: string; at: Date; cost: bigint | null; latency: number },
): string {
  const value = { newest: last.at.toISOString(), cost: String(last.cost ?? -1n), latency: String(last.latency) }[sort]
  return `${sort} ${value} ${last.id}`
}

/** The condition for what comes after a cursor. Throws `invalid_input` when it is none of this order. */
export function afterCursor(sort: RequestSort, cursor: string): Sql {
  const [, of, value = '', id] = CURSOR.exec(decodeCursor(cursor, CURSOR)) ?? []
  const foreign = invalid('cursor', 'This cursor belongs to another order. Leave it out to start anew.')
  if (of !== sort) throw foreign
  if (sort === 'newest') {
    const at = new Date(value)
    if (Number.isNaN(at.getTime())) throw foreign
    return sql`(occurred_at, id) < (${at}, ${id}::uuid)`
  }
  if (!Number.isFinite(Number(value)) || (sort === 'cost' && !/^-?\d{1,18}$/.test(value))) throw foreign
  return sort === 'cost'
    ? sql`(coalesce(cost_nano_usd, -1), id) < (${BigInt(value)}, ${id}::uuid)`
    : sql`(latency_ms, id) < (${Number(value)}, ${id}::uuid)`
}
