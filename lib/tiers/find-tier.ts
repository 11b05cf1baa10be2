import type { Context } from '#lib/platform/context.ts'
import { conflict, invalid, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Tier } from '#prisma/generated/client.ts'

/** A tier of the organization; throws `not_found` for any other. */
export async function findTier(tx: Transaction, ctx: Context, id: string): Promise<Tier> {
  const tier = await tx.tier.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!tier) throw notFound('tier')
  return tier
}

/** Throws `invalid_input` unless every provider is one of the organization's. */
export async function requireProviders(tx: Transaction, ids: readonly string[] | undefined): Promise<void> {
  const wanted = [...new Set(ids ?? [])]
  if (wanted.length === 0) return
  const known = await tx.provider.count({ where: { id: { in: wanted } } })
  if (known !== wanted.length) throw invalid('providerIds', 'One of these providers is not one of this organization.')
}

/** Throws `conflict` when another tier has the name, in any case, or the rank. */
export async function requireFree(
  tx: Transaction,
  ctx: Context,
  wanted: { name?: string; rank?: number },
  except: string | null = null,
): Promise<void> {
  const others = await tx.tier.findMany({ where: { organizationId: ctx.organizationId } })
  for (const other of others.filter(tier => tier.id !== except)) {
    if (wanted.name?.toLowerCase() === other.name.toLowerCase())
      throw conflict(`There is a tier ${other.name} already.`)
    if (wanted.rank === other.rank) throw conflict(`${other.name} has the rank ${other.rank}. Choose another one.`)
  }
}
