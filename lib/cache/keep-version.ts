import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { CachePolicy } from '#prisma/generated/client.ts'
import { policyChanges, policyDocument } from './policy-record.ts'

/** Keeps a change of a policy: its version with author, reason and difference, the audit entry, the gateways' document. */
export async function keepVersion(
  tx: Transaction,
  ctx: Context,
  change: { before: CachePolicy | null; after: CachePolicy; action: string; reason: string },
): Promise<void> {
  const { before, after, action, reason } = change
  const changes = policyChanges(before, after)
  const { id, organizationId, version } = after
  await tx.cachePolicyVersion.create({
    data: {
      id: newId(),
      organizationId,
      policyId: id,
      version,
      document: policyDocument(after),
      changes: changes.map(each => ({ ...each })),
      reason,
      authorKind: ctx.actor.kind,
      authorId: ctx.actor.id,
      authorName: ctx.actor.name,
    },
  })
  await audit(tx, ctx, {
    action,
    subject: { kind: 'cache_policy', id, name: after.name },
    ...(before ? { before: Object.fromEntries(changes.map(each => [each.field, each.before])) } : {}),
    after: Object.fromEntries(changes.map(each => [each.field, each.after])),
    ...(reason ? { reason } : {}),
  })
  if (after.archivedAt) await withdrawConfig(tx, ctx, 'cache_policy', id)
  else await publishConfig(tx, ctx, 'cache_policy', id, policyDocument(after))
  await announce(tx, ctx, 'config', id)
}
