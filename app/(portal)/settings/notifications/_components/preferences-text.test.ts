import { expect, test } from 'vitest'
import { deliveryTimeOf } from '#core/notifications/delivery-choices.ts'
import { DEFAULT_PREFERENCES, NotificationPreferences } from '#core/notifications/preferences.ts'
import { fromPreferences, toPreferences } from './preferences-text.ts'

const kinds = [{ kind: 'approval_waiting' }, { kind: 'key_expiring' }, { kind: '*' }]
const news = (kind: string, risk: 'low' | 'medium' = 'medium') => ({ kind, channel: 'email', risk }) as const

test('what is chosen comes back as it was', () => {
  const text = fromPreferences(DEFAULT_PREFERENCES, kinds)
  expect(NotificationPreferences.parse(toPreferences(text))).toEqual(DEFAULT_PREFERENCES)
  const changed = { ...text, quietFrom: '22:00', quietTo: '07:00', digest: 'hour' as const }
  const kept = NotificationPreferences.parse(toPreferences(changed))
  expect(fromPreferences(kept, kinds)).toEqual({ ...changed, digestAt: '08:00' })
})

test('nothing else does not take the place of what is chosen at once', () => {
  const text = fromPreferences(DEFAULT_PREFERENCES, kinds)
  const delivery = { ...text.delivery, '* email': 'off' as const }
  const kept = NotificationPreferences.parse(toPreferences({ ...text, delivery }))
  expect(deliveryTimeOf(kept, news('approval_waiting'))).toBe('now')
  expect(deliveryTimeOf(kept, news('something_new'))).toBe('off')
  expect(deliveryTimeOf(DEFAULT_PREFERENCES, news('approval_waiting', 'low'))).toBe('digest')
})
