import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findTier, requireFree, requireProviders } from './find-tier.ts'
import { publishTier } from './publish-tier.ts'
import { tierDto } from './queries.ts'
import { type TierDto, UpdateTierInput } from './schema.ts'

/** Changes what a tier means; its name stays. */
export async function updateTier({ ctx, input }: VerbArgs): Promise<TierDto> {
  requirePermission(ctx, 'guardrails.manage')
  const { id, ...changes } = parseInput(UpdateTierInput, input)
  const data = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  return transact(ctx, async tx => {
    const before = await findTier(tx, ctx, id)
    await requireProviders(tx, changes.providerIds)
    if (changes.rank !== undefined) await requireFree(tx, ctx, { rank: changes.rank }, id)
    const tier = await tx.tier.update({ where: { id }, data })
    const was = Object.fromEntries(Object.keys(data).map(key => [key, before[key as keyof typeof before]]))
    await audit(tx, ctx, {
      action: 'tier.updated',
      subject: { kind: 'tier', id, name: tier.name },
      before: was,
      after: data,
    })
    await publishTier(tx, ctx, tier)
    return tierDto(tx, tier)
  })
}
