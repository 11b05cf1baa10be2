import { databases } from '#lib/platform/database.ts'
import { unfinished } from './drill-findings.ts'
import { finishDrill } from './finish-drill.ts'

/** A worker gives a sign every second. */
const SILENCE_MS = 20_000
const WAIT_MS = 10 * 60_000

/** Closes drills whose worker is gone, and those that no worker took up, as failed; returns how many. */
export async function closeDeadDrills(organizationId?: string, now = new Date()): Promise<number> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const dead = await databases().system.failoverDrill.findMany({
    where: {
      ...(organizationId ? { organizationId } : {}),
      endedAt: null,
      OR: [
        { state: 'running', aliveAt: { lt: before(SILENCE_MS) } },
        { state: 'waiting', createdAt: { lt: before(WAIT_MS) } },
      ],
    },
  })
  for (const drill of dead) {
    const failure =
      drill.state === 'waiting'
        ? 'No worker took it up within ten minutes. See whether one is running.'
        : 'The worker that ran it went away before it was over.'
    await finishDrill(drill, unfinished(drill.boundMs, failure), now)
  }
  return dead.length
}
