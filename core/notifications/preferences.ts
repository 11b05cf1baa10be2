import { z } from 'zod'
import { isTimeZone } from '#core/budgets/local-day.ts'
import { DELIVERY_TIMES, PERSONAL_CHANNELS } from './delivery-choices.ts'

/** A time of day: `08:30`. */
export const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 08:30')

export const Digest = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('hour') }),
  z.strictObject({ every: z.literal('day'), at: ClockTime }),
])
export type Digest = z.infer<typeof Digest>

export const QuietHours = z
  .strictObject({ from: ClockTime, to: ClockTime })
  .refine(({ from, to }) => from !== to, 'quiet hours that end when they begin would never end')
export type QuietHours = z.infer<typeof QuietHours>

/** What somebody wants to hear where and when. What it does not name comes as `DEFAULT_PREFERENCES` say. */
export const NotificationPreferences = z.strictObject({
  delivery: z
    .array(
      z.strictObject({
        kind: z.string().min(1).max(60),
        channel: z.enum(PERSONAL_CHANNELS),
        when: z.enum(DELIVERY_TIMES),
      }),
    )
    .max(200),
  /** Null: nothing is put together; what would be comes at once. */
  digest: Digest.nullable(),
  quietHours: QuietHours.nullable(),
  timeZone: z.string().refine(isTimeZone, 'a time zone of the IANA database, such as Europe/Berlin'),
})
export type NotificationPreferences = z.infer<typeof NotificationPreferences>

export const DEFAULT_PREFERENCES: NotificationPreferences = {
  delivery: [],
  digest: { every: 'day', at: '08:00' },
  quietHours: null,
  timeZone: 'UTC',
}
