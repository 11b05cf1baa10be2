import { z } from 'zod'
import type { ExemptionKind } from './exemption.ts'

const DAY_MS = 86_400_000
const Days = z.int().min(1).max(365)

/** How long exemptions may last at most, and how often more time may be asked for. */
export const ExemptionPolicy = z.strictObject({
  maxDays: z.strictObject({ model: Days, tier: Days, cost: Days, guardrail: Days, tool_policy: Days }),
  maxExtensions: z.int().min(0).max(12),
})
export type ExemptionPolicy = z.infer<typeof ExemptionPolicy>

/** In force until the organization keeps one of its own. */
export const DEFAULT_EXEMPTION_POLICY: ExemptionPolicy = {
  maxDays: { model: 90, tier: 30, cost: 60, guardrail: 30, tool_policy: 90 },
  maxExtensions: 2,
}

/** The last moment at which an exemption of a kind may end, in milliseconds since 1970. */
export function latestEnd(policy: ExemptionPolicy, kind: ExemptionKind, from: number): number {
  return from + policy.maxDays[kind] * DAY_MS
}
