import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { RevokeServiceTokenInput } from './schema.ts'

/** Ends a service token for good. Revoking a revoked token changes nothing and succeeds. */
export async function revokeServiceToken({ ctx, input }: VerbArgs): Promise<{ id: string; revokedAt: string }> {
  requirePermission(ctx, 'serviceTokens.manage')
  const { id, reason } = parseInput(RevokeServiceTokenInput, input)
  return transact(ctx, async tx => {
    const token = await tx.serviceToken.findUnique({ where: { id } })
    if (!token) throw notFound('service token')
    if (token.revokedAt) return { id, revokedAt: token.revokedAt.toISOString() }
    const revokedAt = new Date()
    await tx.serviceToken.update({ where: { id }, data: { revokedAt } })
    await audit(tx, ctx, {
      action: 'service_token.revoked',
      subject: { kind: 'service_token', id, name: token.name },
      before: { revokedAt: null },
      after: { revokedAt },
      ...(reason ? { reason } : {}),
    })
    await announce(tx, ctx, 'keys', id)
    return { id, revokedAt: revokedAt.toISOString() }
  })
}
