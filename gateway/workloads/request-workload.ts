import { refusalOfWorkload } from '#core/workloads/workload.ts'
import type { KeyEntry } from '#gateway/config/entries.ts'
import type { Organization } from '#gateway/config/organization.ts'
import type { WorkloadEntry } from '#gateway/config/workloads.ts'
import { Refusal } from '#gateway/refusal.ts'

const HEADER = 'x-gatehouse-workload'

/**
 * The registered workload of a request: the one that its key is bound to, else the one that its caller names. Null when
 * it has none, or an unregistered one that the organization accepts. Throws when that workload takes no such call.
 */
export function workloadOf(
  { workloads, document }: Organization,
  key: KeyEntry | null,
  named: string | null,
  now: number,
): WorkloadEntry | null {
  const bound = key?.document.workloadId ?? null
  if (bound === null && named === null) return null
  const workload = bound === null ? workloads.named(named ?? '') : workloads.ofId(bound)
  if (workload) {
    requireUse(workload, key, now)
    return workload
  }
  // What cannot be read may be the one that is named.
  if (bound !== null || workloads.broken) throw unavailable()
  if (document?.unregisteredWorkloads !== 'refuse') return null
  const words = `"${named}" is no registered workload of this organization. Send the name of one, leave ${HEADER} out, or have it registered by a brief in the portal.`
  throw new Refusal(403, 'workload_not_registered', words, { param: HEADER, rule: 'workload:registered' })
}

function requireUse({ id, document }: WorkloadEntry, key: KeyEntry | null, now: number): void {
  if (!key) return
  const refusal = refusalOfWorkload(id, document, key.document, now)
  if (!refusal) return
  const param = key.document.workloadId === null ? HEADER : null
  throw new Refusal(403, refusal.code, refusal.message, { param, rule: `workload:${id}` })
}

function unavailable(): Refusal {
  const words =
    'The workload of this request cannot be read by this gateway, so it is not let through. Operations can see why on the fleet page.'
  return new Refusal(503, 'workload_unavailable', words, { rule: 'workload:unreadable', outcome: 'gateway_error' })
}
