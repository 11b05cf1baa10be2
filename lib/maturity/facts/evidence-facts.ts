import { sql } from '#lib/platform/sql.ts'
import { daysBefore, type FactSource, observed, shareOf } from './fact-source.ts'

const WEEK_DAYS = 7

interface Week {
  answered: bigint
  anonymous: bigint
  complete: bigint
}

/** Whether the record of each request says who, what and how much. */
export const evidenceFacts: FactSource = async (tx, ctx, now) => {
  const [week] = await tx.$queryRaw<Week[]>(sql`
    with answered as (
      select *, requests - errors - refused as good from usage_rollups
      where organization_id = ${ctx.organizationId}::uuid and hour >= ${daysBefore(now, WEEK_DAYS)}
    )
    select coalesce(sum(good), 0)::bigint as answered,
      coalesce(sum(good) filter (where key_id is null and agent_id is null), 0)::bigint as anonymous,
      coalesce(sum(good - least(good, unknown_usage)) filter (where team_id is not null and model_id is not null), 0)::bigint
        as complete
    from answered`)
  return {
    'requests.answeredWeek': observed(week?.answered),
    'requests.answeredWithoutKey': observed(week?.anonymous),
    'requests.completeShare': shareOf(week?.complete ?? 0, week?.answered ?? 0),
  }
}
