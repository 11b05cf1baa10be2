import { databases } from '#lib/platform/database.ts'

const KEPT_DAYS = 400
const DAY_MS = 86_400_000

/** Forgets findings of more than 400 days ago, so that a year can be compared with the one before. */
export async function dropOldDlpEvents(now = new Date()): Promise<{ rows: number }> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS)
  const { count } = await databases().system.dlpEvent.deleteMany({ where: { occurredAt: { lt: before } } })
  return { rows: count }
}
