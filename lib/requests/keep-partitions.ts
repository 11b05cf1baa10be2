import { databases } from '#lib/platform/database.ts'

const DAY_MS = 86_400_000
const DAYS_AHEAD = 2

/** Makes the partitions of today and the next days, of events and of content, so that no batch has to at midnight. */
export async function keepPartitions(now = new Date()): Promise<void> {
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const day = dayOf(new Date(now.getTime() + ahead * DAY_MS))
    await databases().system.$executeRaw`select ensure_event_partition(${day}::date)`
    await databases().system.$executeRaw`select ensure_content_partition(${day}::date)`
  }
}

/** The UTC day as `2026-01-31`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
