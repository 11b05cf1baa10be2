import { setTimeout as pause } from 'node:timers/promises'
import { sealAudit } from '#lib/audit-log/seal-audit.ts'
import { databases } from '#lib/platform/database.ts'
import { log } from '#lib/platform/log.ts'

/** Not a queued job: cron's shortest step is a minute, and an entry should not wait that long for its seal. */
const EVERY_MS = 5_000

/**
 * Seals every organization's audit log over and over until told to stop. A failure is logged and tried again.
 * `onRound` hears how each round went and how long it took.
 */
export async function sealAuditContinually(
  signal: AbortSignal,
  onRound: (result: 'done' | 'failed', ms: number) => void,
): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now()
    const result = await sealAll(signal).then(
      () => 'done' as const,
      error => {
        log.error({ error: String(error) }, 'the audit log could not be sealed')
        return 'failed' as const
      },
    )
    onRound(result, performance.now() - began)
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
