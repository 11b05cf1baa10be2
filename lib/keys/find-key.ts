import { type Context, ownedBy } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApiKey } from '#prisma/generated/client.ts'

/** A key that the actor may manage; `not_found` for any other, whether it exists or not. */
export async function findManagedKey(tx: Transaction, ctx: Context, id: string): Promise<ApiKey> {
  const key = await tx.apiKey.findFirst({ where: { id, ...ownedBy(ctx, 'keys.manage') } })
  if (!key) throw notFound('key')
  return key
}
