import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findManagedKey } from './find-key.ts'
import { publishKey } from './publish-key.ts'
import { RevokeKeyInput } from './schema.ts'

/** Ends a key for good on every gateway. Revoking a revoked key changes nothing and succeeds. */
export async function revokeKey({ ctx, input }: VerbArgs): Promise<{ id: string; revokedAt: string }> {
  requirePermission(ctx, 'keys.manage')
  const { id, reason } = parseInput(RevokeKeyInput, input)
  return transact(ctx, async tx => {
    const key = await findManagedKey(tx, ctx, id)
    if (key.revokedAt) return { id, revokedAt: key.revokedAt.toISOString() }
    const revokedAt = new Date()
    const revoked = await tx.apiKey.update({ where: { id }, data: { revokedAt, revokedReason: reason || null } })
    await audit(tx, ctx, {
      action: 'key.revoked',
      subject: { kind: 'key', id, name: key.name },
      before: { revokedAt: null },
      after: { revokedAt },
      ...(reason ? { reason } : {}),
    })
    await publishKey(tx, ctx, revoked)
    await announce(tx, ctx, 'keys', id)
    return { id, revokedAt: revokedAt.toISOString() }
  })
}
