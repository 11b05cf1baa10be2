import { OrganizationSettings } from '#lib/organizations/schema.ts'
import { databases } from '#lib/platform/database.ts'
import { keptSince, retentionDays } from './retention.ts'

export interface DroppedContent {
  /** Whole days that nobody keeps any more. */
  partitions: number
  /** Entries of tiers that keep theirs for less long. */
  rows: number
}

/**
 * Drops content whose retention is over: that of a tier which keeps none now, or which is gone, at once. What is left
 * of a day goes with its partition, which costs nothing.
 */
export async function dropOldContent(now = new Date()): Promise<DroppedContent> {
  const { system } = databases()
  const organizations = await system.organization.findMany({ select: { id: true, settings: true } })
  let rows = 0
  let longest = 0
  for (const { id, settings } of organizations) {
    const { requestRetentionDays } = OrganizationSettings.parse(settings)
    const tiers = await system.tier.findMany({ where: { organizationId: id } })
    const kept = tiers.map(tier => ({ tier: tier.name, days: retentionDays(tier, requestRetentionDays) }))
    longest = Math.max(longest, ...kept.map(({ days }) => days))
    for (const { tier, days } of kept.filter(one => one.days > 0))
      rows += await drop(id, { tier }, keptSince(days, now))
    const keeping = kept.filter(({ days }) => days > 0).map(({ tier }) => tier)
    rows += await drop(id, { tier: { notIn: keeping } }, null)
  }
  const day = keptSince(longest, now).toISOString().slice(0, 10)
  const [dropped] = await system.$queryRaw<{ partitions: number }[]>`
    select drop_content_partitions(${day}::date) as partitions`
  return { partitions: dropped?.partitions ?? 0, rows }
}

async function drop(
  organizationId: string,
  which: { tier: string | { notIn: string[] } },
  before: Date | null,
): Promise<number> {
  const { system } = databases()
  const of = { organizationId, ...which }
  const { count } = await system.requestContent.deleteMany({
    where: { ...of, ...(before ? { occurredAt: { lt: before } } : {}) },
  })
  await system.contentDay.deleteMany({ where: { ...of, ...(before ? { day: { lt: before } } : {}) } })
  return count
}
