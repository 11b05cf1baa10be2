import type { ProviderDocument } from '#core/contracts/config-documents.ts'
import type { Operation } from '#gateway/operations.ts'
import { anthropic } from './anthropic/vendor.ts'
import { awsBedrock } from './aws-bedrock/vendor.ts'
import { azureOpenai } from './azure-openai/vendor.ts'
import { google } from './google/vendor.ts'
import { openai } from './openai/vendor.ts'
import { openaiCompatible } from './openai-compatible/vendor.ts'
import { sandbox } from './sandbox/vendor.ts'

/** How one vendor is spoken to. */
export interface Vendor {
  /** Path and query on the provider's origin; null: the vendor does not serve that operation here. */
  path(base: URL, operation: Operation, upstreamModel: string): string | null
  /** The credential as header names and values, flat. */
  credentialHeaders(credential: string, operation: Operation): string[]
  /** Headers of the client that go on to this vendor, in lower case. */
  readonly forwards: readonly string[]
}

export const VENDORS: Readonly<Record<ProviderDocument['kind'], Vendor>> = {
  openai,
  anthropic,
  azure_openai: azureOpenai,
  google,
  aws_bedrock: awsBedrock,
  openai_compatible: openaiCompatible,
  sandbox,
}
