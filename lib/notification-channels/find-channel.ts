import type { Context } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { NotificationChannel } from '#prisma/generated/client.ts'

/** A channel of the caller's organization that is not archived. Throws `not_found` for any other. */
export async function findChannel(tx: Transaction, ctx: Context, id: string): Promise<NotificationChannel> {
  const { organizationId } = ctx
  const channel = await tx.notificationChannel.findFirst({ where: { id, organizationId, archivedAt: null } })
  if (!channel) throw notFound('notification channel')
  return channel
}

/** The same, locked: of two who change it at once, the second sees what the first has done. */
export async function lockChannel(tx: Transaction, ctx: Context, id: string): Promise<NotificationChannel> {
  await tx.$queryRaw`select 1 from notification_channels where id = ${id}::uuid for update`
  return findChannel(tx, ctx, id)
}
