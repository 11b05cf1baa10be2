import { databases } from '#lib/platform/database.ts'

const KEPT_MS = 24 * 3_600_000

/** Forgets answers kept for Idempotency-Keys older than a day, also those of callers that never came back. */
export async function forgetAnswers(now = new Date()): Promise<number> {
  const where = { createdAt: { lt: new Date(now.getTime() - KEPT_MS) } }
  return (await databases().system.idempotencyRecord.deleteMany({ where })).count
}
