import { CONTENT_LOGGING } from '#core/contracts/config-documents.ts'
import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Tier } from '#prisma/generated/client.ts'

/** Publishes a tier as the gateways know it. */
export async function publishTier(tx: Transaction, ctx: Context, tier: Tier): Promise<void> {
  const { name, rank, cacheable, regions, providerIds } = tier
  await publishConfig(tx, ctx, 'tier', tier.id, {
    name,
    rank,
    contentLogging: CONTENT_LOGGING.find(one => one === tier.contentLogging) ?? 'metadata',
    cacheable,
    regions,
    providerIds,
  })
  await announce(tx, ctx, 'config', tier.id)
}
