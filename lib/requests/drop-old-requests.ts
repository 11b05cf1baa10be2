import { OrganizationSettings } from '#lib/organizations/schema.ts'
import { databases } from '#lib/platform/database.ts'
import { dayOf } from './keep-partitions.ts'

const DAY_MS = 86_400_000

export interface Dropped {
  /** Whole days that no organization keeps any more. */
  partitions: number
  /** Requests of organizations that keep theirs for less long than others do. */
  rows: number
}

/**
 * Forgets governed requests that are older than their organization keeps them. Days that nobody keeps go as
 * whole partitions, which costs nothing; figures made of the requests stay.
 */
export async function dropOldRequests(now = new Date()): Promise<Dropped> {
  const { system } = databases()
  const organizations = await system.organization.findMany({ select: { id: true, settings: true } })
  const kept = organizations.map(({ id, settings }) => ({
    id,
    days: OrganizationSettings.parse(settings).requestRetentionDays,
  }))
  const longest = Math.max(0, ...kept.map(each => each.days))
  if (longest === 0) return { partitions: 0, rows: 0 }
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const [dropped] = await system.$queryRaw<{ partitions: number }[]>`
    select drop_event_partitions(${dayOf(before(longest))}::date) as partitions`
  let rows = 0
  for (const { id, days } of kept.filter(each => each.days < longest)) {
    const where = { organizationId: id, occurredAt: { lt: before(days) } }
    rows += (await system.requestEvent.deleteMany({ where })).count
  }
  return { partitions: dropped?.partitions ?? 0, rows }
}
