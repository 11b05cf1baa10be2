import { setTimeout as pause } from 'node:timers/promises'
import { closeDeadDrills } from '#lib/failover-drills/close-dead-drills.ts'
import { runWaitingDrill } from '#lib/failover-drills/run-waiting-drill.ts'
import { log } from '#lib/platform/log.ts'

/** Not a queued job: who starts a drill waits for it, and a queue looks around more rarely. */
const EVERY_MS = 1_000

/** Runs drills that wait, one after the other, and closes those of workers that are gone, until told to stop. */
export async function runDrillsContinually(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await closeDeadDrills()
      if (await runWaitingDrill(signal)) continue
    } catch (error) {
      log.error({ error: String(error) }, 'failover drills could not be run')
    }
    await pause(EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}
