import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion } from '#lib/records/keep-version.ts'
import type { Tier } from '#prisma/generated/client.ts'
import { publishTier } from './publish-tier.ts'

/** Keeps a change of a tier: its version with author, reason and difference, the audit entry, the gateways' document. */
export async function keepTier(
  tx: Transaction,
  ctx: Context,
  before: Tier | null,
  after: Tier,
  { action, reason }: { action: string | null; reason: string },
): Promise<void> {
  const { id, name, version, description, rank, contentLogging, contentRetentionDays, cacheable } = after
  const document = { name, description, rank, contentLogging, contentRetentionDays, cacheable }
  await keepVersion(tx, ctx, {
    ...{ kind: 'tier', id, name, version, action, reason },
    document: { ...document, regions: after.regions, providerIds: after.providerIds },
    before: before && (await inWords(tx, before)),
    after: await inWords(tx, after),
  })
  await publishTier(tx, ctx, after)
}

async function inWords(tx: Transaction, tier: Tier): Promise<InWords> {
  const providers = await tx.provider.findMany({ where: { id: { in: tier.providerIds } }, orderBy: { name: 'asc' } })
  return {
    name: tier.name,
    description: tier.description || null,
    rank: String(tier.rank),
    'content kept': tier.contentLogging,
    'kept for': `${tier.contentRetentionDays} days`,
    'response cache': tier.cacheable ? 'may be used' : 'never',
    regions: tier.regions.join(', ') || 'any',
    providers: providers.map(({ name }) => name).join(', ') || 'every',
  }
}
