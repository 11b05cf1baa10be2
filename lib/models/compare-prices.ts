import { TOKEN_CLASSES } from '#core/pricing/token-usage.ts'
import type { ProviderKind } from '#core/provider-kinds.ts'
import { type Amounts, amountsOf, byClass } from './price-amounts.ts'
import type { FileEntry } from './price-file.ts'

/** new: the model had no price; mixed: some classes rise, some fall, or a class gets its first price. */
export const PRICE_CHANGES = ['new', 'raised', 'lowered', 'mixed', 'unchanged'] as const
export type PriceChange = (typeof PRICE_CHANGES)[number]

/** A model of the catalog as far as prices are concerned. */
export interface PricedModel {
  id: string
  identifier: string
  upstreamModel: string
  provider: { kind: ProviderKind; baseUrl: string }
  price: Amounts | null
}

export interface ComparedPrice {
  modelId: string
  identifier: string
  /** The file's entry the price is from. */
  entry: string
  change: PriceChange
  before: Amounts | null
  after: Amounts
}

/** The file's entry for a model: the same kind of provider and the provider's own name for the model. Null: none. */
export function entryFor(model: PricedModel, entries: readonly FileEntry[]): FileEntry | null {
  const { kind, baseUrl } = model.provider
  const named = entries.filter(
    entry => entry.kind === kind && (entry.key === model.upstreamModel || entry.name === model.upstreamModel),
  )
  if (kind === 'openai_compatible') {
    const host = new URL(baseUrl).hostname
    return named.find(entry => host.split('.').includes(entry.vendor.split('_')[0] ?? '')) ?? null
  }
  // The Gemini API and Vertex AI price some models apart; the portal's Google providers speak to the former.
  const own = named.find(entry => kind !== 'google' || entry.vendor === 'gemini')
  return own ?? named[0] ?? null
}

/** What a file's entry would change. A class the file does not price keeps the price it has. */
export function comparePrice(model: PricedModel, entry: FileEntry): ComparedPrice {
  const before = model.price && amountsOf(model.price)
  const after = byClass(tokenClass => entry.amounts[tokenClass] ?? before?.[tokenClass] ?? null)
  const { id: modelId, identifier } = model
  return { modelId, identifier, entry: entry.key, change: changeOf(before, after), before, after }
}

function changeOf(before: Amounts | null, after: Amounts): PriceChange {
  if (!before) return 'new'
  const moves = new Set<'up' | 'down' | 'first'>()
  for (const tokenClass of TOKEN_CLASSES) {
    const [old, next] = [before[tokenClass], after[tokenClass]]
    if (old === next || next === null) continue
    moves.add(old === null ? 'first' : next > old ? 'up' : 'down')
  }
  if (moves.size === 0) return 'unchanged'
  if (moves.size > 1 || moves.has('first')) return 'mixed'
  return moves.has('up') ? 'raised' : 'lowered'
}
