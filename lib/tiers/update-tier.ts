import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findTier, requireFree, requireProviders } from './find-tier.ts'
import { keepTier } from './keep-tier.ts'
import { tierDto } from './queries.ts'
import { type TierDto, UpdateTierInput } from './schema.ts'

/** Changes what a tier means; its name stays. */
export async function updateTier({ ctx, input }: VerbArgs): Promise<TierDto> {
  requirePermission(ctx, 'guardrails.manage')
  const { id, reason, ...changes } = parseInput(UpdateTierInput, input)
  const data = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  return transact(ctx, async tx => {
    await tx.$queryRaw`select 1 from tiers where id = ${id}::uuid for update`
    const before = await findTier(tx, ctx, id)
    await requireProviders(tx, changes.providerIds)
    if (changes.rank !== undefined) await requireFree(tx, ctx, { rank: changes.rank }, id)
    const tier = await tx.tier.update({ where: { id }, data: { ...data, version: before.version + 1 } })
    await keepTier(tx, ctx, before, tier, { action: 'tier.updated', reason })
    return tierDto(tx, tier)
  })
}
