import type { ProviderKind } from '#core/provider-kinds.ts'
import { ANTHROPIC_MODELS } from './anthropic-models.ts'
import { BEDROCK_MODELS } from './bedrock-models.ts'
import { COHERE_MODELS } from './cohere-models.ts'
import { GOOGLE_MODELS } from './google-models.ts'
import { MISTRAL_MODELS } from './mistral-models.ts'
import { OPENAI_MODELS } from './openai-models.ts'
import { SANDBOX_MODELS } from './sandbox-models.ts'
import type { ShippedModel, Vendor } from './shipped-model.ts'

/** The models and list prices that come with the product. */
export const SHIPPED_MODELS: readonly ShippedModel[] = [
  ...OPENAI_MODELS,
  ...ANTHROPIC_MODELS,
  ...GOOGLE_MODELS,
  ...MISTRAL_MODELS,
  ...COHERE_MODELS,
  ...BEDROCK_MODELS,
  ...SANDBOX_MODELS,
]

const VENDOR_OF_KIND: Record<Exclude<ProviderKind, 'openai_compatible'>, Vendor> = {
  openai: 'openai',
  azure_openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  aws_bedrock: 'bedrock',
  sandbox: 'sandbox',
}

/** The shipped models a provider can serve; an OpenAI-compatible one is known by its host. Empty: none are shipped. */
export function shippedModelsFor(provider: { kind: ProviderKind; baseUrl: string }): readonly ShippedModel[] {
  const vendor = provider.kind === 'openai_compatible' ? vendorOfHost(provider.baseUrl) : VENDOR_OF_KIND[provider.kind]
  return SHIPPED_MODELS.filter(model => model.vendor === vendor)
}

function vendorOfHost(baseUrl: string): Vendor | null {
  const host = new URL(baseUrl).hostname
  if (/(^|\.)mistral\.ai$/.test(host)) return 'mistral'
  return /(^|\.)cohere\.(ai|com)$/.test(host) ? 'cohere' : null
}
