import { sql } from '#lib/platform/sql.ts'
import { type FactSource, observed } from './fact-source.ts'

/** Whether news reaches anybody: channels whose last delivery, a test or a real one, arrived. */
export const channelFacts: FactSource = async (tx, { organizationId }) => {
  const [row] = await tx.$queryRaw<{ delivered: bigint }[]>(sql`
    select count(*) as delivered from notification_channels c
    where c.organization_id = ${organizationId}::uuid and c.archived_at is null and c.enabled
      and (select d.state from notification_deliveries d where d.channel_id = c.id and d.ended_at is not null
        order by d.id desc limit 1) = 'sent'`)
  return { 'channels.delivered': observed(row?.delivered) }
}
