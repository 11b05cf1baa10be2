import { newId } from '#core/ids.ts'
import { NotificationMessage } from '#core/notifications/message.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, notFound, parseInput } from '#lib/platform/errors.ts'
import { read, transact } from '#lib/platform/transaction.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { CLAIM_MS } from './deliver-due.ts'
import { lockChannel } from './find-channel.ts'
import { channelKind } from './kinds.ts'
import { type ChannelKindId, ChannelTarget, type DeliveryDto, TestChannelInput } from './schema.ts'
import { DELIVERY_PARTS, toDeliveryDto } from './to-delivery-dto.ts'

/**
 * Sends a test through a channel, at once, and returns what came of it. Through a channel that reaches persons it goes
 * to the caller or the person named; through others to all who read them.
 */
export async function testChannel({ ctx, input }: VerbArgs): Promise<DeliveryDto> {
  requirePermission(ctx, 'notifications.manage')
  const { id, personId } = parseInput(TestChannelInput, input)
  const { organizationId } = ctx
  const { channel, delivery } = await transact(ctx, async tx => {
    const found = await lockChannel(tx, ctx, id)
    const kind = channelKind(found.kind as ChannelKindId)
    const target = ChannelTarget.parse(found.target)
    const alone = kind.personal && !kind.shared(target as never)
    const to = personId ?? (alone && ctx.actor.kind === 'person' ? ctx.actor.id : null)
    if (alone && to === null) throw invalid('personId', 'Say who gets the test.')
    if (to !== null && !kind.personal) throw conflict('This channel does not reach persons one by one.')
    if (to && !(await tx.person.findFirst({ where: { id: to, organizationId, status: 'active' } })))
      throw notFound('person')
    const row = await tx.notificationDelivery.create({
      data: {
        ...{
          id: newId(),
          organizationId,
          channelId: id,
          personId: to,
          kind: 'test',
          message: messageOf(ctx.actor.name, id),
        },
        ...{ attempts: 1, nextAt: new Date(), claimedUntil: new Date(Date.now() + CLAIM_MS) },
      },
    })
    await audit(tx, ctx, {
      action: 'notification_channel.tested',
      subject: { kind: 'notification_channel', id, name: found.name },
      after: { deliveryId: row.id },
    })
    return { channel: found, delivery: row }
  })
  await attemptDelivery(channel, [delivery])
  return read(ctx, async tx => {
    const row = await tx.notificationDelivery.findUniqueOrThrow({ where: { id: delivery.id }, include: DELIVERY_PARTS })
    const person = row.personId && (await tx.person.findUnique({ where: { id: row.personId } }))
    return toDeliveryDto(row, new Map(person ? [[person.id, person.name]] : []))
  })
}

function messageOf(actor: string, channelId: string): NotificationMessage {
  return NotificationMessage.parse({
    kind: 'test',
    title: 'A test from Gatehouse',
    detail: `${actor} tests this channel. Nothing has to be done.`,
    href: `/admin/notifications/${channelId}`,
    dueAt: null,
    tier: null,
    approvalId: null,
    people: [],
  })
}
