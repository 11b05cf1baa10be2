import { describe, expect, test } from 'vitest'
import { MOST_ATTEMPTS } from '#core/notifications/retries.ts'
import { isSignedBy, type WebhookHeaders } from '#core/notifications/standard-webhook.ts'
import { notify } from '#lib/notices/notify.ts'
import { databases } from '#lib/platform/database.ts'
import { transact } from '#lib/platform/transaction.ts'
import { channelSuite, makeNews, tell } from '#test/channel-suite.ts'
import { archiveChannel } from './archive-channel.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { CLAIM_MS, deliverDue } from './deliver-due.ts'
import { getChannel } from './queries.ts'
import { retryDelivery } from './retry-delivery.ts'
import { rotateSecret } from './rotate-secret.ts'
import { testChannel } from './test-channel.ts'

const suite = channelSuite()
const later = (ms: number) => new Date(Date.now() + ms)
const headersOf = (at: number) => suite.receiver.received[at]?.headers as unknown as WebhookHeaders

describe('a webhook', () => {
  test('is delivered with what happened, signed, and written into the log', async () => {
    const { id, secret } = await suite.webhook()
    await tell(suite.here.admin, makeNews())
    expect(await deliverDue()).toBe(1)
    const [delivery] = await suite.deliveries(id)
    expect(delivery).toMatchObject({ state: 'sent', attempts: [{ attempt: 1, outcome: 'sent', status: 200 }] })
    expect(headersOf(0)['webhook-id']).toBe(delivery?.id)
    const body = suite.receiver.received[0]?.body ?? ''
    expect(isSignedBy(secret ?? '', headersOf(0), body, new Date())).toBe(true)
    expect(JSON.parse(body)).toMatchObject({
      type: 'notification.key_expiring',
      data: { title: 'A key expires', recipients: [suite.here.admin.actor.name] },
    })
    expect(await deliverDue()).toBe(0)
    expect((await getChannel(suite.here.admin, id)).lastDelivery).toMatchObject({ state: 'sent', status: 200 })
  })

  test('what did not happen is not told: the outbox is part of the transaction', async () => {
    await suite.webhook()
    const attempt = transact(suite.here.admin, async tx => {
      await notify(tx, suite.here.admin, [suite.here.admin.actor.id], makeNews())
      throw new Error('undone')
    })
    await expect(attempt).rejects.toThrow('undone')
    expect(await deliverDue()).toBe(0)
    expect(suite.receiver.received).toEqual([])
  })

  test('is tried again under the same id after a growing wait, and given up in the end', async () => {
    suite.receiver.answer = { status: 503, headers: { 'retry-after': '600' } }
    const { id } = await suite.webhook()
    await tell(suite.here.admin, makeNews())
    await deliverDue()
    const [first] = await suite.deliveries(id)
    expect(first).toMatchObject({ state: 'waiting', attempts: [{ outcome: 'retry', status: 503 }] })
    expect(new Date(first?.nextAt ?? 0).getTime() - Date.now()).toBeGreaterThan(590_000)
    expect(await deliverDue()).toBe(0)
    for (let attempt = 2; attempt <= MOST_ATTEMPTS; attempt++) await deliverDue(later(attempt * 86_400_000))
    const [last] = await suite.deliveries(id)
    expect(last).toMatchObject({ state: 'failed', nextAt: null })
    expect(last?.attempts).toHaveLength(MOST_ATTEMPTS)
    expect(new Set(suite.receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    const failing = { kind: 'channel_failing', personId: suite.here.admin.actor.id ?? '' }
    expect(await databases().system.notice.count({ where: failing })).toBe(1)
  })

  test('what only a person can mend fails at once, and can be tried again then', async () => {
    suite.receiver.answer = { status: 410, body: 'gone' }
    const { id } = await suite.webhook()
    await tell(suite.here.admin, makeNews())
    await deliverDue()
    const [failed] = await suite.deliveries(id)
    expect(failed).toMatchObject({ state: 'failed', attempts: [{ outcome: 'failed', status: 410, answer: 'gone' }] })
    suite.receiver.answer = { status: 204 }
    await retryDelivery({ ctx: suite.here.admin, input: { id: failed?.id } })
    await deliverDue()
    const again = (await suite.deliveries(id)).find(one => one.id === failed?.id)
    expect(again?.state).toBe('sent')
    await expect(retryDelivery({ ctx: suite.here.admin, input: { id: failed?.id } })).rejects.toMatchObject({
      kind: 'conflict',
    })
  })

  test('a worker that dies in between loses nothing: another takes the delivery up', async () => {
    const { id } = await suite.webhook()
    await tell(suite.here.admin, makeNews())
    const { system } = databases()
    const claimedUntil = later(CLAIM_MS)
    await system.notificationDelivery.updateMany({ where: { channelId: id }, data: { claimedUntil, attempts: 1 } })
    expect(await deliverDue()).toBe(0)
    expect(await deliverDue(later(CLAIM_MS + 1_000))).toBe(1)
    expect(await suite.deliveries(id)).toMatchObject([{ state: 'sent', attempts: [{ attempt: 2 }] }])
  })

  test.each([
    [503, 'dropped'],
    [200, 'dropped'],
  ])('that was dropped while it was under way and answered with %s stays %s', async (status, state) => {
    suite.receiver.answer = { status }
    const { id } = await suite.webhook()
    await tell(suite.here.admin, makeNews())
    const { system } = databases()
    const claimed = { claimedUntil: later(CLAIM_MS), attempts: 1 }
    await system.notificationDelivery.updateMany({ where: { channelId: id }, data: claimed })
    const channel = await system.notificationChannel.findUniqueOrThrow({ where: { id } })
    const row = await system.notificationDelivery.findFirstOrThrow({ where: { channelId: id } })
    await archiveChannel({ ctx: suite.here.admin, input: { id } })
    await attemptDelivery(channel, [row])
    expect(await suite.deliveries(id)).toMatchObject([{ state, attempts: [{ status }] }])
  })

  test('of many workers, one delivers each', async () => {
    await suite.webhook()
    for (let at = 0; at < 12; at++) await tell(suite.here.admin, makeNews())
    await Promise.all(Array.from({ length: 6 }, () => deliverDue()))
    expect(suite.receiver.received).toHaveLength(12)
    expect(new Set(suite.receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(12)
  })

  test('is signed by both secrets for a day after it got a new one', async () => {
    const { id, secret } = await suite.webhook()
    const renewed = await rotateSecret({ ctx: suite.here.admin, input: { id } })
    await tell(suite.here.admin, makeNews())
    await deliverDue()
    const body = suite.receiver.received[0]?.body ?? ''
    const knows = (text: string | null) => isSignedBy(text ?? '', headersOf(0), body, new Date())
    expect([knows(secret), knows(renewed.secret)]).toEqual([true, true])
    await databases().system.notificationChannel.update({ where: { id }, data: { previousUntil: new Date() } })
    await tell(suite.here.admin, makeNews())
    await deliverDue()
    const next = suite.receiver.received[1]
    expect(isSignedBy(secret ?? '', headersOf(1), next?.body ?? '', new Date())).toBe(false)
  })

  test('follows no redirect', async () => {
    suite.receiver.answer = { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } }
    const { id } = await suite.webhook()
    expect((await testChannel({ ctx: suite.here.admin, input: { id } })).attempts).toMatchObject([
      { status: 302, outcome: 'retry' },
    ])
    expect(suite.receiver.received).toHaveLength(1)
  })
})
