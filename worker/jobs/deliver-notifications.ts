import { setTimeout as pause } from 'node:timers/promises'
import { deliverDue } from '#lib/notification-channels/deliver-due.ts'
import { log } from '#lib/platform/log.ts'

/** Not a queued job: whoever waits for a decision should hear of it at once, and a queue looks around more rarely. */
const EVERY_MS = 1_000

/** Delivers what is due through the channels, until told to stop. */
export async function deliverContinually(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      if ((await deliverDue()) > 0) continue
    } catch (error) {
      log.error({ error: String(error) }, 'notifications could not be delivered')
    }
    await pause(EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}
