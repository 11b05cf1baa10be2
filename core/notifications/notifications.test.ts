import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deliveryTimeOf } from './delivery-choices.ts'
import { DEFAULT_PREFERENCES } from './preferences.ts'
import { MOST_ATTEMPTS, retryDelayMs } from './retries.ts'
import { isFromSlack, slackSignature } from './slack-signature.ts'
import { isSignedBy, signWebhook, webhookSecret } from './standard-webhook.ts'
import { deliverAt } from './timing.ts'

const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland')
const clock = fc
  .record({ h: fc.nat(23), m: fc.nat(59) })
  .map(({ h, m }) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
const calm = { risk: 'medium', dueAt: null } as const
const timeIn = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)

describe('when news is delivered', () => {
  const night = { quietHours: { from: '22:00', to: '07:00' }, digest: null, timeZone: 'Europe/Berlin' }

  test.each([
    ['2026-11-20T20:59:00Z', '2026-11-20T20:59:00.000Z', 'just before quiet hours, at once'],
    ['2026-11-20T21:00:00Z', '2026-11-21T06:00:00.000Z', 'in the evening, in the morning'],
    ['2026-11-21T05:59:00Z', '2026-11-21T06:00:00.000Z', 'before dawn, in the morning'],
    ['2026-10-24T22:00:00Z', '2026-10-25T06:00:00.000Z', 'in the night that the clock is put back, at seven'],
    ['2026-03-28T23:30:00Z', '2026-03-29T05:00:00.000Z', 'in the night that the clock is put forward, at seven'],
  ])('%s: %s, %s', (now, at) => {
    expect(deliverAt('now', night, calm, new Date(now))?.at.toISOString()).toBe(at)
  })

  test('high risk, overdue and what is due soon break through, and wait for no digest', () => {
    const now = new Date('2026-11-20T23:00:00Z')
    const due = (hours: number) => ({ ...calm, dueAt: new Date(now.getTime() + hours * 3_600_000) })
    for (const urgency of [{ ...calm, risk: 'high' as const }, due(-1), due(3)]) {
      expect(deliverAt('digest', { ...night, digest: { every: 'hour' } }, urgency, now)).toEqual({
        at: now,
        digest: false,
      })
    }
    expect(deliverAt('now', night, due(5), now)?.at.toISOString()).toBe('2026-11-21T00:00:00.000Z')
    expect(deliverAt('now', night, due(20), now)?.at.toISOString()).toBe('2026-11-21T06:00:00.000Z')
  })

  test('what is off is not delivered at all', () => {
    expect(deliverAt('off', night, { ...calm, risk: 'high' }, new Date())).toBeNull()
  })

  test('never early, never more than two days late, and never in quiet hours', () => {
    fc.assert(
      fc.property(moments, zones, clock, clock, clock, fc.boolean(), (now, timeZone, from, to, at, daily) => {
        fc.pre(from !== to)
        const digest = daily ? ({ every: 'day', at } as const) : ({ every: 'hour' } as const)
        const found = deliverAt('digest', { quietHours: { from, to }, digest, timeZone }, calm, now)
        const late = (found?.at.getTime() ?? 0) - now.getTime()
        expect(late).toBeGreaterThanOrEqual(0)
        expect(late).toBeLessThanOrEqual(2 * 86_400_000 + 7_200_000)
        const time = timeIn(found?.at ?? now, timeZone)
        const quiet = from < to ? time >= from && time < to : time >= from || time < to
        // A change of the clock may skip the end of quiet hours; then it ends with the gap.
        if (quiet) expect(timeIn(new Date((found?.at.getTime() ?? 0) - 3_600_000), timeZone)).not.toBe(time)
      }),
    )
  })

  test('a daily digest comes when the clock there shows the time', () => {
    const digest = { every: 'day', at: '08:00' } as const
    const found = deliverAt(
      'digest',
      { quietHours: null, digest, timeZone: 'Asia/Kolkata' },
      calm,
      new Date('2026-11-20T10:00:00Z'),
    )
    expect(found).toEqual({ at: new Date('2026-11-21T02:30:00Z'), digest: true })
  })
})

test('one is told as one chose, else at once, and of low risk in a digest', () => {
  const news = { kind: 'approval_waiting', channel: 'email', risk: 'medium' } as const
  expect(deliveryTimeOf(DEFAULT_PREFERENCES, news)).toBe('now')
  expect(deliveryTimeOf(DEFAULT_PREFERENCES, { ...news, risk: 'low' })).toBe('digest')
  const delivery = [{ kind: 'approval_waiting', channel: 'email', when: 'off' } as const]
  expect(deliveryTimeOf({ ...DEFAULT_PREFERENCES, delivery }, news)).toBe('off')
  expect(deliveryTimeOf({ ...DEFAULT_PREFERENCES, delivery }, { ...news, channel: 'slack' })).toBe('now')
})

describe('a webhook', () => {
  const secret = webhookSecret(Buffer.alloc(32, 7))
  const now = new Date('2026-11-21T09:00:00Z')
  const sent = { id: 'a-message', at: now, body: '{"kind":"test"}' }

  test('is signed as the Standard Webhooks specification says', () => {
    const headers = signWebhook([secret], sent)
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
    const expected = createHmac('sha256', key).update(`a-message.1795251600.${sent.body}`).digest('base64')
    expect(headers).toEqual({
      'webhook-id': 'a-message',
      'webhook-timestamp': '1795251600',
      'webhook-signature': `v1,${expected}`,
    })
  })

  test('is known by either secret while one replaces the other, and by no other', () => {
    const next = webhookSecret(Buffer.alloc(32, 8))
    const headers = signWebhook([next, secret], sent)
    expect([secret, next].map(one => isSignedBy(one, headers, sent.body, now))).toEqual([true, true])
    expect(isSignedBy(webhookSecret(Buffer.alloc(32, 9)), headers, sent.body, now)).toBe(false)
    expect(isSignedBy(secret, headers, `${sent.body} `, now)).toBe(false)
    expect(isSignedBy(secret, headers, sent.body, new Date(now.getTime() + 301_000))).toBe(false)
    expect(isSignedBy(secret, { ...headers, 'webhook-timestamp': 'x' }, sent.body, now)).toBe(false)
  })
})

describe('a request of Slack', () => {
  const [secret, body] = ['8f742231b10e8888abcd99yyyzzz85a5', 'payload=%7B%7D']
  const now = new Date(1_531_420_618_000)
  const timestamp = '1531420618'
  const signature = slackSignature(secret, timestamp, body)

  test('is known by its signature', () => {
    const expected = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
    expect(signature).toBe(`v0=${expected}`)
    expect(isFromSlack(secret, { timestamp, signature, body }, now)).toBe(true)
  })

  test.each([
    ['another body', { body: 'payload=%7B%22a%22%3A1%7D' }],
    ['another time', { timestamp: '1531420619' }],
    ['no signature', { signature: null }],
    ['a cut signature', { signature: signature.slice(0, -2) }],
    ['no time', { timestamp: null }],
    ['a time that is none', { timestamp: '1e9' }],
  ])('is refused with %s', (_, change) => {
    expect(isFromSlack(secret, { timestamp, signature, body, ...change }, now)).toBe(false)
  })

  test('is refused when it is more than five minutes late or early', () => {
    for (const seconds of [-301, 301]) {
      const then = new Date(now.getTime() + seconds * 1000)
      expect(isFromSlack(secret, { timestamp, signature, body }, then)).toBe(false)
    }
    expect(isFromSlack(secret, { timestamp, signature, body }, new Date(now.getTime() + 299_000))).toBe(true)
  })
})

test('waits between attempts grow to six hours, and last a day and a half in all', () => {
  const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, at) => retryDelayMs(at + 1, 0.5))
  expect(waits[0]).toBe(15_000)
  expect(Math.max(...waits)).toBe(6 * 3_600_000)
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(86_400_000 * 0.6)
  expect(retryDelayMs(1, 0, 120_000)).toBe(120_000)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, chance) => {
      expect(retryDelayMs(attempt, chance)).toBeLessThanOrEqual(6 * 3_600_000 * 1.1)
    }),
  )
})
