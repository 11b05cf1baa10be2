import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { keepVersion as keepRecord } from '#lib/records/keep-version.ts'
import type { CachePolicy } from '#prisma/generated/client.ts'
import { inWords, policyDocument } from './policy-record.ts'

/** Keeps a change of a cache policy: its version with author, reason and difference, the audit entry, the gateways' document. */
export async function keepVersion(
  tx: Transaction,
  ctx: Context,
  change: { before: CachePolicy | null; after: CachePolicy; action: string; reason: string },
): Promise<void> {
  const { before, after, action, reason } = change
  const { id, name, version } = after
  const document = policyDocument(after)
  await keepRecord(tx, ctx, {
    ...{ kind: 'cache_policy', id, name, version, document, action, reason },
    before: before && inWords(before),
    after: inWords(after),
  })
  if (after.archivedAt) await withdrawConfig(tx, ctx, 'cache_policy', id)
  else await publishConfig(tx, ctx, 'cache_policy', id, document)
  await announce(tx, ctx, 'config', id)
}
