import { newId } from '#core/ids.ts'
import { copyActionsToTier } from '#lib/detectors/copy-actions-to-tier.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { requireFree, requireProviders } from './find-tier.ts'
import { keepTier } from './keep-tier.ts'
import { tierDto } from './queries.ts'
import { CreateTierInput, type TierDto } from './schema.ts'

/** Adds a tier. Every guardrail does in it what it does in the tier below, so that nothing is let through unruled. */
export async function createTier({ ctx, input }: VerbArgs): Promise<TierDto> {
  requirePermission(ctx, 'guardrails.manage')
  const { reason, ...data } = parseInput(CreateTierInput, input)
  return transact(ctx, async tx => {
    await requireProviders(tx, data.providerIds)
    await requireFree(tx, ctx, data)
    const tier = await tx.tier.create({ data: { id: newId(), organizationId: ctx.organizationId, ...data } })
    await keepTier(tx, ctx, null, tier, { action: 'tier.created', reason })
    await copyActionsToTier(tx, ctx, tier)
    return tierDto(tx, tier)
  })
}
