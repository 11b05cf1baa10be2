import type { ContentRule, ContentViolation } from '#core/content/content-audit.ts'
import type { Context } from '#lib/platform/context.ts'
import { joinSql, type Sql, sql } from '#lib/platform/sql.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { keptSince } from './retention.ts'
import type { TierPeriod } from './tier-history.ts'

/** A change of a tier reaches every gateway within a second; what was asked in these is judged by neither rule. */
const GRACE_MS = 5_000
const DAY_MS = 86_400_000
/** Violations of one rule that a record names; it counts all of them. */
const MOST_NAMED = 50

export interface RuleCheck {
  readonly rule: ContentRule
  readonly total: number
  readonly named: ContentViolation[]
}

type Row = { id: string; at: Date; tier: string; total: bigint }

/** Checks every entry there is, without opening it, against its request, its tier at that time, and retention. */
export async function checkEntries(
  tx: Transaction,
  ctx: Context,
  history: readonly TierPeriod[],
  retention: ReadonlyMap<string, number>,
  now: Date,
): Promise<RuleCheck[]> {
  const conditions: [ContentRule, Sql][] = [
    ['tier_keeps_none', anyOf([...keptNone(history), unknownTier(history)])],
    ['wider_than_tier', anyOf(restricted(history))],
    ['no_event', sql`e.id is null`],
    ['tier_differs', sql`e.id is not null and e.data_class is distinct from c.tier`],
    ['not_decided', sql`e.id is not null and coalesce(e.detail->>'content', '') not in ('full', 'restricted')`],
    ['overdue', anyOf(overdue(retention, now))],
  ]
  const checks: RuleCheck[] = []
  for (const [rule, condition] of conditions) checks.push(await check(tx, ctx, rule, condition))
  return checks
}

async function check(tx: Transaction, ctx: Context, rule: ContentRule, condition: Sql): Promise<RuleCheck> {
  const rows = await tx.$queryRaw<Row[]>(sql`
    select c.id, c.occurred_at as at, c.tier, count(*) over () as total
    from request_contents c left join request_events e on e.occurred_at = c.occurred_at and e.id = c.id
    where c.organization_id = ${ctx.organizationId}::uuid and (${condition})
    order by c.occurred_at desc limit ${MOST_NAMED}`)
  return {
    rule,
    total: Number(rows[0]?.total ?? 0n),
    named: rows.map(({ id, at, tier }) => ({
      requestId: id,
      occurredAt: at.toISOString(),
      tier,
      rule,
      detector: null,
      kind: null,
      location: null,
    })),
  }
}

function keptNone(history: readonly TierPeriod[]): Sql[] {
  return history.filter(({ logging }) => logging !== 'full' && logging !== 'restricted').map(during)
}

function restricted(history: readonly TierPeriod[]): Sql[] {
  return history
    .filter(({ logging }) => logging === 'restricted')
    .map(one => sql`c.logging = 'full' and ${during(one)}`)
}

function during({ tier, from, to }: TierPeriod): Sql {
  return joinSql(
    [
      sql`c.tier = ${tier}`,
      ...(from ? [sql`c.occurred_at >= ${new Date(from.getTime() + GRACE_MS)}`] : []),
      ...(to ? [sql`c.occurred_at < ${to}`] : []),
    ],
    ' and ',
  )
}

function unknownTier(history: readonly TierPeriod[]): Sql {
  return sql`not (c.tier = any(${history.map(({ tier }) => tier)}::text[]))`
}

/** A day more than allowed: the job that drops them runs once an hour. */
function overdue(retention: ReadonlyMap<string, number>, now: Date): Sql[] {
  return [...retention]
    .filter(([, days]) => days > 0)
    .map(([tier, days]) => {
      const since = new Date(keptSince(days, now).getTime() - DAY_MS)
      return sql`c.tier = ${tier} and c.occurred_at < ${since}`
    })
}

function anyOf(conditions: readonly Sql[]): Sql {
  return conditions.length > 0
    ? joinSql(
        conditions.map(one => sql`(${one})`),
        ' or ',
      )
    : sql`false`
}
