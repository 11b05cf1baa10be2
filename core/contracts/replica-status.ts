import { z } from 'zod'

/** What of a rate limit is used at this moment, for one of those it counts for. */
export const RateUse = z.strictObject({
  limitId: z.uuid(),
  countedFor: z.string(),
  used: z.int(),
  /** Whether other replicas' use is in it. */
  shared: z.boolean(),
})
export type RateUse = z.infer<typeof RateUse>

/** What a gateway replica says of itself in its heartbeat and at its admin port's `GET /status`. */
export const ReplicaStatus = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  region: z.string().nullable(),
  adminUrl: z.url(),
  state: z.enum(['starting', 'ready', 'degraded', 'draining']),
  /** Why it is not simply ready, in words. */
  reasons: z.array(z.string()),
  configVersion: z.string(),
  /** When that version became active here. */
  configAt: z.iso.datetime(),
  startedAt: z.iso.datetime(),
  stats: z.strictObject({
    requestsPerSecond: z.number(),
    inFlight: z.int(),
    overheadP50Ms: z.number().nullable(),
    overheadP99Ms: z.number().nullable(),
    spoolEvents: z.int(),
    spoolBytes: z.int(),
    memoryBytes: z.int(),
    version: z.string(),
    /** The rate limits in use here, fullest first. */
    rates: z.array(RateUse).default([]),
  }),
})
export type ReplicaStatus = z.infer<typeof ReplicaStatus>

/** Postgres NOTIFY channels. Payloads are JSON. */
export const CONFIG_CHANNEL = 'gatehouse_config'
export const LIVE_CHANNEL = 'gatehouse_live'

/** What the browser is told about: `{topic, organizationId}`; null organization means all. */
export const LIVE_TOPICS = ['approvals', 'config', 'events', 'fleet', 'keys', 'notices', 'drills', 'board'] as const
export const LiveMessage = z.strictObject({
  topic: z.enum(LIVE_TOPICS),
  organizationId: z.uuid().nullable(),
  id: z.string().optional(),
})
export type LiveMessage = z.infer<typeof LiveMessage>
