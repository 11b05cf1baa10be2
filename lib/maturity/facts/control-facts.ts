import { sql } from '#lib/platform/sql.ts'
import { daysBefore, type FactSource, observed, shareOf } from './fact-source.ts'

const REPLICA_SILENT_MS = 30_000
const KEY_DAYS = 90
const TEAM_DAYS = 30

interface Counts {
  tiers: bigint
  tiers_without_content: bigint
  sources: bigint
  guardrails: bigint
  blocking: bigint
  blocked: bigint
  judged: bigint
  clean_audits: bigint
  keys: bigint
  asked: bigint
  automatic: bigint
  ready: bigint
  objectives: bigint
}

/** Tiers, guardrails, keys, gateways and routes: what is set up to bind. */
export const controlFacts: FactSource = async (tx, ctx, now) => {
  const id = sql`${ctx.organizationId}::uuid`
  const [row] = await tx.$queryRaw<Counts[]>(sql`select
    (select count(*) from tiers where organization_id = ${id}) as tiers,
    (select count(*) from tiers where organization_id = ${id} and content_logging = 'metadata') as tiers_without_content,
    (select count(*) from data_sources where organization_id = ${id} and archived_at is null) as sources,
    (select count(*) from guardrails where organization_id = ${id} and enabled and not shadow) as guardrails,
    (select count(*) from guardrails where organization_id = ${id} and enabled and not shadow
      and exists (select from jsonb_each_text(actions) where value = 'block')) as blocking,
    (select count(distinct request_id) from dlp_events where organization_id = ${id} and action = 'block' and not shadow) as blocked,
    (select count(*) from dlp_events where organization_id = ${id} and feedback is not null) as judged,
    (select count(*) from content_audits where organization_id = ${id} and violations = 0) as clean_audits,
    (select count(*) from api_keys where organization_id = ${id} and kind = 'live' and revoked_at is null
      and expires_at > ${now}) as keys,
    (select count(*) from key_requests where organization_id = ${id} and created_at >= ${daysBefore(now, KEY_DAYS)}) as asked,
    (select count(*) from key_requests where organization_id = ${id} and created_at >= ${daysBefore(now, KEY_DAYS)}
      and automatic and outcome = 'issued') as automatic,
    (select count(*) from gateway_replicas where state = 'ready'
      and last_seen_at >= ${new Date(now.getTime() - REPLICA_SILENT_MS)}) as ready,
    (select count(distinct definition->>'objective') from routes where organization_id = ${id}
      and archived_at is null and scope = 'workload') as objectives`)
  if (!row) return {}
  return {
    'tiers.count': observed(row.tiers),
    'tiers.withoutContent': observed(row.tiers_without_content),
    'dataSources.classified': observed(row.sources),
    'guardrails.enabled': observed(row.guardrails),
    'guardrails.blocking': observed(row.blocking),
    'dlp.blocked': observed(row.blocked),
    'dlp.judged': observed(row.judged),
    'contentLog.cleanAudits': observed(row.clean_audits),
    'keys.active': observed(row.keys),
    'keys.selfServiceShare': shareOf(row.automatic, row.asked),
    'gateway.replicasReady': observed(row.ready),
    'routes.workloadObjectives': observed(row.objectives),
    ...(await budgetFacts(tx, ctx, now)),
    ...(await failoverFacts(tx, ctx, now)),
  }
}

const budgetFacts: FactSource = async (tx, ctx, now) => {
  const id = sql`${ctx.organizationId}::uuid`
  const [row] = await tx.$queryRaw<Record<'ceilings' | 'active' | 'covered' | 'fired', bigint>[]>(sql`
    with active as (
      select distinct team_id from usage_rollups
      where organization_id = ${id} and team_id is not null and hour >= ${daysBefore(now, TEAM_DAYS)}
    ), own as (
      select * from budgets where organization_id = ${id} and archived_at is null and key_id is null
    )
    select (select count(*) from own where scope = 'organization' and jsonb_array_length(thresholds) > 0) as ceilings,
      (select count(*) from active) as active,
      (select count(*) from active where exists (
        select from own where own.scope = 'team' and own.target = active.team_id::text)) as covered,
      (select count(*) from budget_periods p join own on own.id = p.budget_id,
        lateral jsonb_array_elements(own.thresholds) t
        where p.spent_nano_usd >= (t->>'atNanoUsd')::bigint) as fired`)
  if (!row) return {}
  return {
    'budgets.organizationCeilings': observed(row.ceilings),
    'budgets.coveredTeamsShare': shareOf(row.covered, row.active),
    'budgets.alertsFired': observed(row.fired),
  }
}

const failoverFacts: FactSource = async (tx, ctx, now) => {
  const id = sql`${ctx.organizationId}::uuid`
  const thisMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  const months = await tx.$queryRaw<{ period: string; passed: bigint }[]>(sql`
    select to_char(month, 'YYYY-MM') as period, (
      select count(*) from failover_drills where organization_id = ${id} and state = 'passed'
        and ended_at >= month and ended_at < month + interval '1 month') as passed
    from generate_series(${thisMonth}::timestamptz - interval '6 months', ${thisMonth}::timestamptz - interval '1 month',
      interval '1 month') month
    order by month desc`)
  const passed = await tx.failoverDrill.count({ where: { organizationId: ctx.organizationId, state: 'passed' } })
  const ended = await tx.failover.count({
    where: { organizationId: ctx.organizationId, endedAt: { not: null }, substituteId: { not: null } },
  })
  const periods = months.map(each => ({ period: each.period, value: Number(each.passed) }))
  return {
    'failover.recoveries': observed(passed + ended),
    'failover.passedDrills': { value: passed, periods },
  }
}
