import { setTimeout as pause } from 'node:timers/promises'
import { sealAudit } from '#lib/audit-log/seal-audit.ts'
import { databases } from '#lib/platform/database.ts'
import { log } from '#lib/platform/log.ts'

/** Not a queued job: cron's shortest step is a minute, and an entry should not wait that long for its seal. */
const EVERY_MS = 5_000

/** Seals every organization's audit log over and over until told to stop. A failure is logged and tried again. */
export async function sealAuditContinually(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await sealAll(signal)
    } catch (error) {
      log.error({ error: String(error) }, 'the audit log could not be sealed')
    }
    await pause(EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

async function sealAll(signal: AbortSignal): Promise<void> {
  const organizations = await databases().system.organization.findMany({ select: { id: true } })
  for (const { id } of organizations) {
    let sealed = await sealAudit(id)
    // A first run finds a long history, which comes in batches.
    while (sealed.entries > 0 && !signal.aborted) sealed = await sealAudit(id)
  }
}
