import { z } from 'zod'
import { NanoUsd } from '#core/money.ts'

/** What a member of the team may give a key without asking anyone. */
export const KeyBounds = z.strictObject({
  maxLifetimeDays: z.int().min(1).max(730),
  maxRequestsPerMinute: z.int().min(1).max(100_000),
  maxDailyLimitNanoUsd: NanoUsd,
})
export type KeyBounds = z.infer<typeof KeyBounds>

export const DEFAULT_KEY_BOUNDS: z.input<typeof KeyBounds> = {
  maxLifetimeDays: 365,
  maxRequestsPerMinute: 600,
  maxDailyLimitNanoUsd: '50000000000',
}
