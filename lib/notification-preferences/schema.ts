import { z } from 'zod'
import { NotificationPreferences } from '#core/notifications/preferences.ts'

export const SetPreferencesInput = z.strictObject({
  /** Whose; one's own unless told, for which one needs notifications.manage. */
  personId: z.uuid().optional(),
  preferences: NotificationPreferences,
})

export const PreferencesDto = z.strictObject({
  personId: z.uuid(),
  /** False: nothing was chosen, these are the defaults. */
  chosen: z.boolean(),
  preferences: NotificationPreferences,
})
export type PreferencesDto = z.infer<typeof PreferencesDto>
