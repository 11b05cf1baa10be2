import { databases } from '#lib/platform/database.ts'

/** A replica that is silent for longer holds no circuit open any more. */
const SILENCE = '60 seconds'

/** Ends failovers that rest on replicas which are gone, and tells their people; returns how many ended. */
export async function endOrphanedFailovers(): Promise<number> {
  const [row] = await databases().system.$queryRaw<{ ended: number }[]>`
    select end_orphaned_failovers(${SILENCE}::interval) as ended`
  return row?.ended ?? 0
}
