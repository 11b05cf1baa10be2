import { type Context, requirePermission } from '#lib/platform/context.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { joinSql, rawSql, type Sql, sql } from '#lib/platform/sql.ts'
import type { Range } from './range.ts'
import type { UsageGroup } from './schema.ts'

/** Column of each dimension that is a record or a text. */
const COLUMNS = {
  team: 'team_id',
  person: 'person_id',
  key: 'key_id',
  model: 'model_id',
  provider: 'provider_id',
  workload: 'workload',
  useCase: 'use_case',
} as const satisfies Record<Exclude<UsageGroup, 'day' | 'hour'>, string>

/** The SQL expression that rows are grouped by; `keyText` makes the key of its groups. */
export function bucketSql(group: UsageGroup, timeZone: string): Sql {
  if (group === 'day') return sql`(hour at time zone ${timeZone}::text)::date`
  return rawSql(group === 'hour' ? 'hour' : COLUMNS[group])
}

/** The key of a group as text. Apart from `bucketSql`: making text of every row would cost more than adding it up. */
export function keyText(group: UsageGroup, expression: 'key' | 'bucket'): Sql {
  if (group === 'hour') return rawSql(`to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:00:00"Z"')`)
  return rawSql(group === 'day' ? `to_char(${expression}, 'YYYY-MM-DD')` : `${expression}::text`)
}

export interface UsageFilters {
  teamId?: string | undefined
  personId?: string | undefined
  keyId?: string | undefined
  modelId?: string | undefined
  providerId?: string | undefined
  workload?: string | undefined
  useCase?: string | undefined
}

const FILTERS = {
  teamId: 'team_id = ?::uuid',
  personId: 'person_id = ?::uuid',
  keyId: 'key_id = ?::uuid',
  modelId: 'model_id = ?::uuid',
  providerId: 'provider_id = ?::uuid',
  workload: 'workload = ?',
  useCase: 'use_case = ?',
} as const satisfies Record<keyof UsageFilters, string>

/** The condition on usage_rollups that keeps to the organization, the actor's reach, the range and the filters. */
export function usageWhere(ctx: Context, range: Range, filters: UsageFilters): Sql {
  return joinSql([usageReach(ctx), ...inRange(ctx, range), ...filterConditions(filters)], ' and ')
}

/**
 * The same on latency_rollups, which know teams but no persons. Throws `permission_denied` when the actor
 * may see nothing but their own requests.
 */
export function latencyWhere(ctx: Context, range: Range, filters: UsageFilters): Sql {
  return joinSql([latencyReach(ctx), ...inRange(ctx, range), ...filterConditions(filters)], ' and ')
}

function usageReach(ctx: Context): Sql {
  const scope = requirePermission(ctx, 'usage.read')
  if (scope === 'organization') return sql`true`
  const me = personOf(ctx)
  if (scope === 'own') return sql`person_id = ${me.id}::uuid`
  return sql`(person_id = ${me.id}::uuid or team_id = any(${me.teamIds}::uuid[]))`
}

function latencyReach(ctx: Context): Sql {
  const scope = requirePermission(ctx, 'usage.read')
  if (scope === 'organization') return sql`true`
  if (scope === 'team') return sql`team_id = any(${personOf(ctx).teamIds}::uuid[])`
  throw new DomainError(
    'permission_denied',
    'Latency is measured by team. Ask an administrator for a role that sees the usage of your teams.',
  )
}

function personOf(ctx: Context) {
  if (ctx.actor.kind === 'person') return ctx.actor
  throw new DomainError('permission_denied', 'Only a person has usage of their own.')
}

function inRange(ctx: Context, { from, to }: Range): Sql[] {
  return [sql`organization_id = ${ctx.organizationId}::uuid`, sql`hour >= ${from} and hour < ${to}`]
}

function filterConditions(filters: UsageFilters): Sql[] {
  return (Object.keys(FILTERS) as (keyof UsageFilters)[]).flatMap(name => {
    const value = filters[name]
    if (value === undefined) return []
    const [before = '', after = ''] = FILTERS[name].split('?')
    return [sql`${rawSql(before)}${value}${rawSql(after)}`]
  })
}
