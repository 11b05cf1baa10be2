import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { publishKey } from './publish-key.ts'

/**
 * Ends every key of a person within the transaction that ends the person's access, which is what authorises
 * it; returns how many.
 */
export async function revokeKeysOfPerson(
  tx: Transaction,
  ctx: Context,
  personId: string,
  reason: string,
): Promise<number> {
  const where = { organizationId: ctx.organizationId, personId, revokedAt: null }
  const data = { revokedAt: new Date(), revokedReason: reason }
  const revoked = await tx.apiKey.updateManyAndReturn({ where, data })
  for (const key of revoked) {
    await audit(tx, ctx, {
      action: 'key.revoked',
      subject: { kind: 'key', id: key.id, name: key.name },
      before: { revokedAt: null },
      after: { revokedAt: key.revokedAt },
      reason,
    })
    await publishKey(tx, ctx, key)
  }
  if (revoked.length > 0) await announce(tx, ctx, 'keys')
  return revoked.length
}
