import { sql } from '#lib/platform/sql.ts'
import { type FactSource, observed } from './fact-source.ts'

interface Counts {
  meetings: bigint
  quarters: bigint
  decisions: bigint
}

/** The review board: meetings whose minutes are approved, the quarters they fall into, decisions. */
export const boardFacts: FactSource = async (tx, ctx) => {
  const id = sql`${ctx.organizationId}::uuid`
  const [row] = await tx.$queryRaw<Counts[]>(sql`select
    (select count(*) from board_meetings where organization_id = ${id} and minutes_state = 'approved') as meetings,
    (select count(distinct date_trunc('quarter', starts_at, 'UTC')) from board_meetings
      where organization_id = ${id} and minutes_state = 'approved') as quarters,
    (select count(*) from board_decisions where organization_id = ${id}) as decisions`)
  return {
    'board.meetingsWithMinutes': observed(row?.meetings),
    'board.quartersWithReview': observed(row?.quarters),
    'board.decisions': observed(row?.decisions),
  }
}
