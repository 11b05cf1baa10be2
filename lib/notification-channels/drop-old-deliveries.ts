import { OrganizationSettings } from '#lib/organizations/schema.ts'
import { databases } from '#lib/platform/database.ts'

const DAY_MS = 86_400_000
/** One statement's worth, so that none holds the log for long. */
const BATCH = 5_000

/**
 * Forgets deliveries, with their attempts, that ended longer ago than their organization keeps them. What still waits
 * stays, and the last one of each channel, which its page shows. Safe to run twice and by several workers.
 */
export async function dropOldDeliveries(now = new Date()): Promise<{ rows: number }> {
  const { system } = databases()
  const organizations = await system.organization.findMany({ select: { id: true, settings: true } })
  let rows = 0
  for (const { id, settings } of organizations) {
    const { deliveryRetentionDays } = OrganizationSettings.parse(settings)
    const before = new Date(now.getTime() - deliveryRetentionDays * DAY_MS)
    for (let dropped = BATCH; dropped === BATCH; rows += dropped) dropped = await dropBatch(id, before)
  }
  return { rows }
}

function dropBatch(organizationId: string, before: Date): Promise<number> {
  return databases().system.$executeRaw`
    delete from notification_deliveries where id in (
      select old.id from notification_deliveries old
      where old.organization_id = ${organizationId}::uuid
        and old.ended_at < ${before}
        and exists (
          select 1 from notification_deliveries later
          where later.channel_id = old.channel_id and later.id > old.id and later.ended_at is not null
        )
      limit ${BATCH}
    )`
}
