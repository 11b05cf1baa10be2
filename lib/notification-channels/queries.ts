import 'server-only'
import type { z } from 'zod'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterId, afterName, nameCursor, type Page, type PageQuery, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { findChannel } from './find-channel.ts'
import type { ChannelDto, DeliveryDto, ListDeliveriesQuery } from './schema.ts'
import { toChannelDto, toChannelDtos } from './to-channel-dto.ts'
import { DELIVERY_PARTS, toDeliveryDto } from './to-delivery-dto.ts'

const MOST = 200

/** Every channel in use, by name, with what came of its last delivery. */
export function listChannels(ctx: Context): Promise<ChannelDto[]> {
  requirePermission(ctx, 'notifications.read')
  return read(ctx, async tx => {
    const channels = await tx.notificationChannel.findMany({
      where: { organizationId: ctx.organizationId, archivedAt: null },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: MOST,
    })
    return toChannelDtos(tx, channels)
  })
}

/** Channels in use, by name, a page at a time. */
export function pageOfChannels(ctx: Context, query: z.output<typeof PageQuery>): Promise<Page<ChannelDto>> {
  requirePermission(ctx, 'notifications.read')
  return read(ctx, async tx => {
    const rows = await tx.notificationChannel.findMany({
      where: { organizationId: ctx.organizationId, archivedAt: null, ...afterName(query.cursor) },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: query.limit + 1,
    })
    const { data, nextCursor } = toPage(rows, query.limit, nameCursor)
    return { data: await toChannelDtos(tx, data), nextCursor }
  })
}

/** One channel; throws `not_found` for one that is not here. */
export function getChannel(ctx: Context, id: string): Promise<ChannelDto> {
  requirePermission(ctx, 'notifications.read')
  if (!isId(id)) throw notFound('notification channel')
  return read(ctx, async tx => toChannelDto(tx, await findChannel(tx, ctx, id)))
}

/** What was changed of a channel, newest first. */
export function channelHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'notifications.read')
  return read(ctx, async tx => {
    await findChannel(tx, ctx, id)
    return versionsOf(tx, ctx, { kind: 'notification_channel', id })
  })
}

/** The delivery log, newest first, each with its attempts. */
export function listDeliveries(
  ctx: Context,
  { channelId, state, cursor, limit }: z.output<typeof ListDeliveriesQuery>,
): Promise<Page<DeliveryDto>> {
  requirePermission(ctx, 'notifications.read')
  return read(ctx, async tx => {
    const rows = await tx.notificationDelivery.findMany({
      where: {
        organizationId: ctx.organizationId,
        ...(channelId ? { channelId } : {}),
        ...(state ? { state } : {}),
        ...afterId(cursor),
      },
      include: DELIVERY_PARTS,
      orderBy: { id: 'desc' },
      take: limit + 1,
    })
    const people = await tx.person.findMany({
      where: { organizationId: ctx.organizationId, id: { in: rows.flatMap(({ personId }) => personId ?? []) } },
      select: { id: true, name: true },
    })
    const names = new Map(people.map(({ id, name }) => [id, name]))
    return toPage(
      rows.map(row => toDeliveryDto(row, names)),
      limit,
      last => last.id,
    )
  })
}
