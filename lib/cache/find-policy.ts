import type { CacheScope } from '#core/cache/cache-policy.ts'
import { isId } from '#core/ids.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict, invalid, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { CachePolicy } from '#prisma/generated/client.ts'

/** A policy of the organization; throws `not_found` for any other. */
export async function findPolicy(tx: Transaction, ctx: Context, id: string): Promise<CachePolicy> {
  const where = { id, organizationId: ctx.organizationId }
  const policy = isId(id) ? await tx.cachePolicy.findFirst({ where }) : null
  if (!policy) throw notFound('cache policy')
  return policy
}

/** Throws `invalid_input` when a scope's target is not there, and `conflict` when another policy covers it. */
export async function requireFreeTarget(
  tx: Transaction,
  ctx: Context,
  scope: CacheScope,
  target: string | null,
): Promise<void> {
  const { organizationId } = ctx
  if (scope === 'organization' && target !== null) {
    throw invalid('target', 'A policy of the organization has no target. Leave it out.')
  }
  if (scope !== 'organization' && target === null) {
    throw invalid('target', 'Say what the policy covers: a team’s id, or the name that callers send.')
  }
  if (scope === 'team') {
    const known = isId(target ?? '') && (await tx.team.count({ where: { id: target ?? '', organizationId } })) > 0
    if (!known) throw invalid('target', 'There is no such team here.')
  }
  const other = await tx.cachePolicy.findFirst({ where: { organizationId, scope, target, archivedAt: null } })
  if (other) throw conflict(`${other.name} covers that already. Change it, or archive it first.`)
}
