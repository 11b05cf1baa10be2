import { z } from 'zod'
import { ReplicaStatus } from '#core/contracts/replica-status.ts'

/** `lost`: it was running and has not been heard of for longer than heartbeats take. */
export const REPLICA_STATES = ['starting', 'ready', 'degraded', 'draining', 'lost'] as const

/** One gateway process, as the caller's organization may see it. */
export const ReplicaDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  region: z.string().nullable(),
  state: z.enum(REPLICA_STATES),
  configVersion: z.string(),
  configAt: z.iso.datetime(),
  /** Published documents of this organization that it does not run yet. */
  documentsBehind: z.int(),
  startedAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  secondsSinceSeen: z.number(),
  /** Without the rate limits, which are of every organization. */
  stats: ReplicaStatus.shape.stats.omit({ rates: true }).nullable(),
})
export type ReplicaDto = z.infer<typeof ReplicaDto>

export const FleetDto = z.strictObject({
  data: z.array(ReplicaDto),
  /** The newest version that this organization has published; null before the first. */
  publishedVersion: z.string().nullable(),
  nextCursor: z.null(),
})
export type FleetDto = z.infer<typeof FleetDto>
