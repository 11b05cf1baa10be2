import type {
  Dialect,
  ModelDocument,
  PriceDocument,
  ProviderDocument,
  TierDocument,
} from '#core/contracts/config-documents.ts'
import type { RouteTable } from './route-table.ts'

/** A model of the catalog as routing reads it. */
export interface RoutableModel {
  readonly id: string
  readonly document: ModelDocument
  readonly dialects: ReadonlySet<Dialect>
  /** Milliseconds since 1970; infinite without a sunset. */
  readonly sunsetAt: number
  /** Latest first. */
  readonly prices: readonly { readonly document: PriceDocument; readonly from: number }[]
}

export interface RoutableProvider {
  readonly id: string
  readonly document: Pick<ProviderDocument, 'name' | 'region' | 'enabled' | 'kind' | 'baseUrl'>
}

/** What an organization lets its requests go to. */
export interface RoutingCatalog<M extends RoutableModel, P extends RoutableProvider> {
  readonly models: ReadonlyMap<string, M>
  readonly providers: ReadonlyMap<string, P>
  /** By what clients put in `model`: identifiers and aliases. */
  readonly names: ReadonlyMap<string, M>
  readonly routes: RouteTable
  /** Lowest rank first. */
  readonly tiers: readonly TierDocument[]
}

/** The price in force at a moment; null when the model has none then. */
export function priceAt(model: RoutableModel, moment: number): PriceDocument | null {
  for (const price of model.prices) if (price.from <= moment) return price.document
  return null
}

/** Whether a model may be called at a moment: approved, restricted, or deprecated, and before its sunset. */
export function isCallable(model: RoutableModel, moment: number): boolean {
  const { lifecycle } = model.document
  if (lifecycle !== 'approved' && lifecycle !== 'restricted' && lifecycle !== 'deprecated') return false
  return moment < model.sunsetAt
}
