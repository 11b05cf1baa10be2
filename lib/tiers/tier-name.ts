import type { Context } from '#lib/platform/context.ts'
import { invalid } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

type Named = { readonly name: string }

/** The name of a tier as the organization writes it, found in any case, as gateways read it; null: it has none such. */
export function tierNameIn(tiers: readonly Named[], name: string): string | null {
  const wanted = name.toLowerCase()
  return tiers.find(tier => tier.name.toLowerCase() === wanted)?.name ?? null
}

/** The same; throws `invalid_input` that names the field and the tiers there are. */
export function requireTierIn(tiers: readonly Named[], name: string, field: string): string {
  const found = tierNameIn(tiers, name)
  if (found !== null) return found
  throw invalid(field, `There is no tier ${name}. There are ${tiers.map(tier => tier.name).join(', ') || 'none'}.`)
}

/** The same, among the tiers of the organization; null stays null. */
export async function requireTierName<Name extends string | null | undefined>(
  tx: Transaction,
  ctx: Context,
  name: Name,
  field = 'tier',
): Promise<Name | string> {
  if (name === null || name === undefined) return name
  return requireTierIn(await tierNames(tx, ctx), name, field)
}

/**
 * Names of tiers as the organization writes them, each once. Those that a record has had so far pass, and one that has
 * not classified its data yet takes any. Throws `invalid_input` that names the field and the tiers there are.
 */
export async function requireTierNames(
  tx: Transaction,
  ctx: Context,
  names: readonly string[],
  { had = [], field = 'tiers' }: { had?: readonly string[]; field?: string } = {},
): Promise<string[]> {
  const tiers = await tierNames(tx, ctx)
  if (tiers.length === 0) return [...names]
  return [...new Set(names.map(name => (had.includes(name) ? name : requireTierIn(tiers, name, field))))]
}

/** The names of the tiers, the least sensitive first. */
export function tierNames(tx: Transaction, { organizationId }: Context): Promise<Named[]> {
  return tx.tier.findMany({ where: { organizationId }, select: { name: true }, orderBy: { rank: 'asc' } })
}
