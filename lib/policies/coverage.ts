import type { Context } from '#lib/platform/context.ts'
import { sql } from '#lib/platform/sql.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

export interface Covered {
  asked: number
  acknowledged: number
  /** The viewer is asked, and has acknowledged. */
  mine: boolean
  mineDone: boolean
}

/** How many people are asked for these versions and how many have acknowledged a wording that counts, by policy. */
export async function readCoverage(
  tx: Transaction,
  ctx: Context,
  versionIds: readonly string[],
): Promise<Map<string, Covered>> {
  if (versionIds.length === 0) return new Map()
  const me = ctx.actor.kind === 'person' ? ctx.actor.id : null
  const rows = await tx.$queryRaw<(Covered & { id: string })[]>(sql`
    select asked.policy_id as id, count(*)::int as asked, count(*) filter (where done)::int as acknowledged,
      coalesce(bool_or(person_id = ${me}::uuid), false) as mine,
      coalesce(bool_or(person_id = ${me}::uuid and done), false) as "mineDone"
    from (
      select v.policy_id, person.id as person_id, exists (
        select 1 from policy_acknowledgements a
        where a.policy_id = v.policy_id and a.person_id = person.id and a.number >= v.asks_from
      ) as done
      from policy_versions v
      join policies p on p.id = v.policy_id and p.organization_id = ${ctx.organizationId}::uuid
      join people person on person.organization_id = p.organization_id and person.status = 'active'
        and ((p.audience->>'everyone')::boolean or exists (
          select 1 from memberships m
          where m.person_id = person.id and jsonb_exists(p.audience->'teamIds', m.team_id::text)))
      where v.id = any(${[...versionIds]}::uuid[])
    ) asked group by 1`)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}
