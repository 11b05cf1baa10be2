import { z } from 'zod'

/** What the portal asks a gateway's admin port at `POST /probe`. */
export const ProbeRequest = z.strictObject({ organizationId: z.uuid(), providerId: z.uuid() })
export type ProbeRequest = z.infer<typeof ProbeRequest>

/** What calling a provider once came to. */
export const PROBE_OUTCOMES = ['ok', 'credential', 'unreachable', 'model_missing', 'failed'] as const

export const ProbeResult = z.strictObject({
  outcome: z.enum(PROBE_OUTCOMES),
  /** In words, without anything that the other side said. */
  detail: z.string(),
  /** Milliseconds. */
  latencyMs: z.int(),
  /** Names of models that the provider lists; empty when it lists none. */
  models: z.array(z.string()),
})
export type ProbeResult = z.infer<typeof ProbeResult>
