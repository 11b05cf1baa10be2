import { expect, test } from 'vitest'
import { updateOrganization } from '#lib/organizations/update-organization.ts'
import { databases } from '#lib/platform/database.ts'
import { channelSuite, makeNews, tell } from '#test/channel-suite.ts'
import { deliverDue } from './deliver-due.ts'
import { dropOldDeliveries } from './drop-old-deliveries.ts'

const DAY_MS = 86_400_000
const suite = channelSuite()
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

test('a delivery that ended is kept as long as the organization says, and the last of a channel longer', async () => {
  const { id } = await suite.webhook()
  for (let count = 0; count < 3; count++) {
    await tell(suite.here.admin, makeNews())
    await deliverDue()
  }
  await tell(suite.here.admin, makeNews())
  const before = await suite.deliveries(id)
  expect(before.map(({ state }) => state)).toEqual(['waiting', 'sent', 'sent', 'sent'])
  expect(await dropOldDeliveries(inDays(99))).toEqual({ rows: 0 })
  await updateOrganization({ ctx: suite.here.admin, input: { id: suite.here.id, deliveryRetentionDays: 30 } })
  expect(await dropOldDeliveries(inDays(29))).toEqual({ rows: 0 })
  expect(await dropOldDeliveries(inDays(31))).toEqual({ rows: 2 })
  expect(await dropOldDeliveries(inDays(31))).toEqual({ rows: 0 })
  const kept = await suite.deliveries(id)
  expect(kept.map(each => each.id)).toEqual(before.slice(0, 2).map(each => each.id))
  const orphans = { organizationId: suite.here.id, deliveryId: { notIn: kept.map(each => each.id) } }
  expect(await databases().system.notificationAttempt.count({ where: orphans })).toBe(0)
})
