import { z } from 'zod'
import { NanoUsd } from '#core/money.ts'
import { type ENVIRONMENTS, environmentsOf, WORKLOAD_LIFECYCLES } from './lifecycle.ts'

/** Whose keys may make calls of a workload: any, those of its team, or those bound to it. */
export const KEY_SCOPES = ['organization', 'team', 'bound'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** What becomes of calls that name a workload which nobody has registered. */
export const UNREGISTERED = ['accept', 'refuse'] as const

/** A workload as gateways run it. */
export const WorkloadDocument = z.strictObject({
  /** What callers send in x-gatehouse-workload. */
  slug: z.string(),
  name: z.string(),
  lifecycle: z.enum(WORKLOAD_LIFECYCLES),
  /** From this moment on it is refused; null: it has none. */
  sunsetAt: z.iso.datetime().nullable(),
  teamId: z.uuid(),
  keyScope: z.enum(KEY_SCOPES),
  /** The least tier of its calls; null: the lowest. */
  tier: z.string().nullable(),
  /** The only models of its calls; empty: every model of the catalog. */
  modelIds: z.array(z.uuid()),
  /** The most that one of its calls may cost, by the most that it can use; null: no bound. */
  costPerCallNanoUsd: NanoUsd.nullable().default(null),
})
export type WorkloadDocument = z.infer<typeof WorkloadDocument>

/** What of a key decides whether it may make calls of a workload. */
export interface CallingKey {
  readonly name: string
  readonly teamId: string
  readonly environment: (typeof ENVIRONMENTS)[number]
  readonly workloadId: string | null
}

/** Why a call of a workload is refused, and the way out. */
export interface WorkloadRefusal {
  readonly code: 'workload_decommissioned' | 'workload_sunset' | 'workload_not_in_environment' | 'workload_not_allowed'
  readonly message: string
}

/** Why a key may not make calls of a workload at a moment (milliseconds since 1970); null when it may. */
export function refusalOfWorkload(
  id: string,
  workload: WorkloadDocument,
  key: CallingKey,
  now: number,
): WorkloadRefusal | null {
  const { slug, lifecycle, sunsetAt } = workload
  if (lifecycle === 'decommissioned') {
    const message = `The workload "${slug}" is decommissioned. Use the workload that took its place, or write a brief for a new one.`
    return { code: 'workload_decommissioned', message }
  }
  if (sunsetAt !== null && Date.parse(sunsetAt) <= now) {
    const message = `The workload "${slug}" ended on ${sunsetAt.slice(0, 10)}. Its page says where to go instead; its owner can ask for a later end.`
    return { code: 'workload_sunset', message }
  }
  if (!mayUse(id, workload, key)) {
    const whose = workload.keyScope === 'team' ? 'keys of its team' : 'keys that are bound to it'
    const message = `The workload "${slug}" takes ${whose} only, and the key "${key.name}" is another one. Issue such a key in the portal, or send the name of your own workload.`
    return { code: 'workload_not_allowed', message }
  }
  if (environmentsOf(lifecycle).includes(key.environment)) return null
  const message = `The workload "${slug}" is in ${lifecycle}, and the key "${key.name}" is for ${key.environment}. Use a key for ${environmentsOf(lifecycle).join(' or ')}, or ask for the workload to move on.`
  return { code: 'workload_not_in_environment', message }
}

function mayUse(id: string, { keyScope, teamId }: WorkloadDocument, key: CallingKey): boolean {
  if (key.workloadId === id || keyScope === 'organization') return true
  return keyScope === 'team' && key.teamId === teamId
}
