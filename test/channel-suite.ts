import { afterAll, beforeAll, beforeEach } from 'vitest'
import { newId } from '#core/ids.ts'
import { type News, notify } from '#lib/notices/notify.ts'
import { createChannel } from '#lib/notification-channels/create-channel.ts'
import { listDeliveries } from '#lib/notification-channels/queries.ts'
import { ListDeliveriesQuery } from '#lib/notification-channels/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import { transact } from '#lib/platform/transaction.ts'
import { makeOrganization, type TestOrganization } from './organization.ts'
import { takeOwnDatabase } from './own-database.ts'
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts'

/** What suites about channels share: a database of their own, a fresh organization each test, a real receiver. */
export function channelSuite() {
  let removeDatabase: () => Promise<void>
  const suite = {} as { here: TestOrganization; receiver: WebhookReceiver }
  beforeAll(async () => {
    removeDatabase = await takeOwnDatabase()
    suite.receiver = await startWebhookReceiver()
  })
  afterAll(async () => {
    await suite.receiver?.stop()
    await removeDatabase?.()
  })
  beforeEach(async () => {
    suite.here = await makeOrganization()
    suite.receiver.received.length = 0
    suite.receiver.answer = { status: 200 }
  })
  return {
    get here() {
      return suite.here
    },
    get receiver() {
      return suite.receiver
    },
    /** A webhook channel to the receiver. */
    webhook: (change: object = {}) =>
      createChannel({
        ctx: suite.here.admin,
        input: {
          name: 'Ops',
          target: { kind: 'webhook', url: suite.receiver.url, allowPrivateNetwork: true, ...change },
        },
      }),
    /** The log of a channel, newest first. */
    deliveries: async (channelId: string) =>
      (await listDeliveries(suite.here.admin, ListDeliveriesQuery.parse({ channelId }))).data,
  }
}

/** News about a key, unless told otherwise, of an occasion of its own. */
export function makeNews(change: Partial<News> = {}): News {
  const words = { title: 'A key expires', detail: 'Rotate it', href: '/build/keys' }
  return { kind: 'key_expiring', occasion: newId(), ...words, ...change }
}

/** Tells the person of the context something. */
export function tell(ctx: Context, news: News): Promise<number> {
  return transact(ctx, tx => notify(tx, ctx, [ctx.actor.id], news))
}
