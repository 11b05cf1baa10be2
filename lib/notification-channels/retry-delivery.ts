import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { RetryDeliveryInput } from './schema.ts'

/** Lets a delivery that has failed be tried again, from the first attempt on and with the same message id. */
export function retryDelivery({ ctx, input }: VerbArgs): Promise<{ id: string; state: string }> {
  requirePermission(ctx, 'notifications.manage')
  const { id } = parseInput(RetryDeliveryInput, input)
  return transact(ctx, async tx => {
    const delivery = await tx.notificationDelivery.findFirst({
      where: { id, organizationId: ctx.organizationId },
      include: { channel: true },
    })
    if (!delivery) throw notFound('delivery')
    if (delivery.state !== 'failed')
      throw conflict(`This delivery is ${delivery.state}; only a failed one is tried again.`)
    if (delivery.channel.archivedAt)
      throw conflict(`${delivery.channel.name} is archived. Nothing goes through it any more.`)
    const { count } = await tx.notificationDelivery.updateMany({
      where: { id, state: 'failed' },
      data: { state: 'waiting', attempts: 0, nextAt: new Date(), endedAt: null },
    })
    if (count === 0) throw conflict('Somebody else has had it tried again just now.')
    await audit(tx, ctx, {
      action: 'notification_delivery.retried',
      subject: { kind: 'notification_channel', id: delivery.channelId, name: delivery.channel.name },
      after: { deliveryId: id },
    })
    await announce(tx, ctx, 'notices')
    return { id, state: 'waiting' }
  })
}
