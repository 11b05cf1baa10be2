import { newDataKey, unwrapDataKey, wrapDataKey } from '#core/content/content-cipher.ts'
import { newId } from '#core/ids.ts'
import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ContentKey } from '#prisma/generated/client.ts'

/** The key that content is kept under now; null: the organization keeps none. */
export function activeContentKey(tx: Transaction, ctx: Context): Promise<ContentKey | null> {
  return tx.contentKey.findFirst({ where: { organizationId: ctx.organizationId, retiredAt: null } })
}

/** Makes a key and puts it into use on every gateway. There must be no other in use. */
export async function addContentKey(tx: Transaction, ctx: Context, id = newId()): Promise<ContentKey> {
  const wrappedKey = wrapDataKey(secretKey('content'), id, newDataKey())
  const key = await tx.contentKey.create({ data: { id, organizationId: ctx.organizationId, wrappedKey } })
  await publishConfig(tx, ctx, 'content_key', id, { wrappedKey })
  await announce(tx, ctx, 'config', id)
  return key
}

/** Takes a key out of use; what it sealed can still be read. */
export async function retireContentKey(tx: Transaction, ctx: Context, { id }: ContentKey): Promise<void> {
  await tx.contentKey.update({ where: { id }, data: { retiredAt: new Date() } })
  await withdrawConfig(tx, ctx, 'content_key', id)
  await announce(tx, ctx, 'config', id)
}

/** The key itself. Throws `conflict` when it was destroyed, or the installation's key is another than it was. */
export function unwrapContentKey({ id, wrappedKey }: Pick<ContentKey, 'id' | 'wrappedKey'>): Buffer {
  if (wrappedKey === null) throw conflict('This content was erased: its key has been destroyed.')
  try {
    return unwrapDataKey(secretKey('content'), id, wrappedKey)
  } catch {
    throw conflict(
      'This content cannot be decrypted: GATEHOUSE_SECRET_KEY is not the one that it was kept under. Start the portal with that one.',
    )
  }
}
