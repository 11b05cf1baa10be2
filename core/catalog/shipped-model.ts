import type { Dialect } from '#core/contracts/config-documents.ts'

/** Whose price list a shipped model is on. */
export type Vendor = 'openai' | 'anthropic' | 'google' | 'mistral' | 'cohere' | 'bedrock' | 'sandbox'

/** US dollars per million tokens as decimal text; a class left out has no price of its own. */
export interface ShippedPrice {
  input: string
  cachedInput?: string
  cacheWrite5m?: string
  cacheWrite1h?: string
  output?: string
}

export interface ShippedModel {
  vendor: Vendor
  /** What clients ask for, and what the vendor calls it. */
  identifier: string
  displayName: string
  dialects: readonly Dialect[]
  capabilities: readonly string[]
  modalities: readonly string[]
  contextWindow: number
  maxOutputTokens: number | null
  usdPerMillionTokens: ShippedPrice
  /** What the price does not say, such as a surcharge for long prompts. */
  note?: string
}

/** Where the shipped prices come from, and as of when; an organization's own contract may differ. */
export const PRICE_SOURCE = 'vendor list price'
export const PRICE_SOURCE_DATE = '2026-07-24'
/** The sandbox provider charges nothing; its prices make demonstrations and tests have costs. */
export const SANDBOX_PRICE_SOURCE = 'invented for the sandbox'
