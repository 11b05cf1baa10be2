import { setTimeout as pause } from 'node:timers/promises'
import { endExemptions } from '#lib/exemptions/end-exemptions.ts'
import { log } from '#lib/platform/log.ts'

/** Not a queued job: what breaks a condition should not allow calls until the next minute. */
const EVERY_MS = 1_000

/** Ends exemptions that are over or whose conditions are broken, again and again until told to stop. */
export async function endExemptionsContinually(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await endExemptions().catch(error => log.error({ error: String(error) }, 'exemptions could not be ended'))
    await pause(EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}
