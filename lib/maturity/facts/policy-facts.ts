import { sql } from '#lib/platform/sql.ts'
import { type FactSource, observed, shareOf } from './fact-source.ts'

interface Counts {
  reviewed: bigint
  ratified: bigint
  agents: bigint
  changes: bigint
  teams: bigint
  circulated: bigint
  acknowledged: bigint
}

/**
 * The acceptable use policy, and who has acknowledged it. A team has when its lead has acknowledged a wording that
 * counts, or anybody of it where it has no lead.
 */
export const policyFacts: FactSource = async (tx, { organizationId }) => {
  const id = sql`${organizationId}::uuid`
  const [row] = await tx.$queryRaw<Counts[]>(sql`
    with versions as (
      select v.*, p.kind, p.audience from policy_versions v join policies p on p.id = v.policy_id
      where v.organization_id = ${id} and p.archived_at is null
    ), newest as (
      select * from versions where kind = 'acceptable_use' and circulated_at is not null
      order by circulated_at desc limit 1
    ), team as (
      select t.id, bool_or(m.kind = 'lead') as led from teams t
      join memberships m on m.team_id = t.id join people p on p.id = m.person_id and p.status = 'active'
      where t.organization_id = ${id} and t.archived_at is null group by t.id
    ), reached as (
      select team.id, team.led, newest.policy_id, newest.asks_from from team, newest
      where (newest.audience->>'everyone')::boolean or jsonb_exists(newest.audience->'teamIds', team.id::text)
    )
    select
      (select count(distinct policy_id) from versions where kind = 'acceptable_use' and reviewed_at is not null) as reviewed,
      (select count(*) from versions where kind = 'acceptable_use' and state = 'ratified') as ratified,
      (select count(*) from versions where kind = 'agent' and state = 'ratified') as agents,
      (select count(*) from versions where number > 1 and ratified_at is not null) as changes,
      (select count(*) from team) as teams,
      (select count(*) from reached) as circulated,
      (select count(*) from reached r where exists (
        select from memberships m join policy_acknowledgements a on a.person_id = m.person_id
        where m.team_id = r.id and (m.kind = 'lead' or not r.led)
          and a.policy_id = r.policy_id and a.number >= r.asks_from)) as acknowledged`)
  if (!row) return {}
  return {
    'policies.legalReviewed': observed(row.reviewed),
    'policies.ratified': observed(row.ratified),
    'policies.agentPolicies': observed(row.agents),
    'policies.changes': observed(row.changes),
    'policies.circulatedTeamsShare': shareOf(row.circulated, row.teams),
    'policies.acknowledgedTeamsShare': shareOf(row.acknowledged, row.teams),
  }
}
