import { sql } from '#lib/platform/sql.ts'
import { type FactSource, observed } from './fact-source.ts'

interface Counts {
  production: bigint
  submitted: bigint
  reviewed: bigint
  transitions: bigint
  delivered: bigint
}

/** Workloads and their briefs, and whether news reaches anybody. */
export const workloadFacts: FactSource = async (tx, { organizationId }) => {
  const id = sql`${organizationId}::uuid`
  const [row] = await tx.$queryRaw<Counts[]>(sql`select
    (select count(*) from workloads where organization_id = ${id} and lifecycle = 'production') as production,
    (select count(*) from briefs where organization_id = ${id} and submitted_at is not null) as submitted,
    (select count(*) from briefs where organization_id = ${id} and state = 'approved') as reviewed,
    (select count(*) from approval_requests where organization_id = ${id} and kind = 'workload_lifecycle'
      and state = 'approved') as transitions,
    (select count(*) from notification_channels c where c.organization_id = ${id} and c.archived_at is null
      and c.enabled and (select d.state from notification_deliveries d where d.channel_id = c.id
        and d.ended_at is not null order by d.id desc limit 1) = 'sent') as delivered`)
  return {
    'workloads.production': observed(row?.production),
    'briefs.submitted': observed(row?.submitted),
    'briefs.reviewed': observed(row?.reviewed),
    'workloads.approvedTransitions': observed(row?.transitions),
    'channels.delivered': observed(row?.delivered),
  }
}
