import { NotificationPreferences } from '#core/notifications/preferences.ts'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { getPreferences } from './queries.ts'
import { PreferencesDto } from './schema.ts'
import { setPreferences } from './set-preferences.ts'

export const notificationPreferenceOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/people/{id}/notification-preferences',
    summary: 'What a person hears where and when',
    permission: 'notifications.manage',
    response: PreferencesDto,
    run: ({ ctx, params }) => getPreferences(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PUT',
    path: '/people/{id}/notification-preferences',
    summary: 'Choose what a person hears where and when',
    permission: 'notifications.manage',
    body: NotificationPreferences,
    response: PreferencesDto,
    run: ({ ctx, params, body }) => setPreferences({ ctx, input: { personId: params.id, preferences: body } }),
  }),
]
