import { sql } from '#lib/platform/sql.ts'
import { DAY_MS, daysBefore, type FactSource, observed, shareOf } from './fact-source.ts'

const DAYS = 30

interface Month {
  requests: bigint
  answered: bigint
  unpriced: bigint
  agents: bigint
  teams: bigint
  workloads: bigint
  providers: bigint
  teams_costed: bigint
  validated: bigint
}

/** What went through the gateways, from sums by hour. */
export const trafficFacts: FactSource = async (tx, ctx, now) => {
  const { organizationId } = ctx
  const [month] = await tx.$queryRaw<Month[]>(sql`
    with recent as (
      select * from usage_rollups
      where organization_id = ${organizationId}::uuid and hour >= ${daysBefore(now, DAYS)}
    )
    select coalesce(sum(requests), 0)::bigint as requests,
      coalesce(sum(requests - errors - refused), 0)::bigint as answered,
      coalesce(sum(unpriced_requests), 0)::bigint as unpriced,
      coalesce(sum(requests) filter (where agent_id is not null), 0)::bigint as agents,
      count(distinct team_id) as teams,
      count(distinct workload) as workloads,
      count(distinct provider_id) filter (where requests > errors + refused) as providers,
      count(distinct team_id) filter (where cost_nano_usd > 0) as teams_costed,
      (select count(*) from providers p where p.organization_id = ${organizationId}::uuid and p.last_test_ok
        and p.id in (select provider_id from recent where requests > errors + refused)) as validated
    from recent`)
  const first = await tx.usageRollup.aggregate({ where: { organizationId }, _min: { hour: true } })
  const since = first._min.hour
  if (!month) return {}
  return {
    'requests.recordedMonth': observed(month.requests),
    'requests.teamsMonth': observed(month.teams),
    'requests.byAgentsMonth': observed(month.agents),
    'requests.daysOfData': observed(since ? Math.floor((now.getTime() - since.getTime()) / DAY_MS) : 0),
    'workloads.seenMonth': observed(month.workloads),
    'providers.routedMonth': observed(month.providers),
    'providers.validated': observed(month.validated),
    'costs.pricedShare': shareOf(month.answered - month.unpriced, month.answered),
    'costs.teamsSeenShare': shareOf(month.teams_costed, month.teams),
  }
}
