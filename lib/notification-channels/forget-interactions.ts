import { databases } from '#lib/platform/database.ts'

const KEPT_MS = 24 * 3_600_000

/** Forgets presses of buttons that are too old to be taken again by their time alone. Returns how many. */
export async function forgetInteractions(now = new Date()): Promise<number> {
  const { count } = await databases().system.channelInteraction.deleteMany({
    where: { receivedAt: { lt: new Date(now.getTime() - KEPT_MS) } },
  })
  return count
}
