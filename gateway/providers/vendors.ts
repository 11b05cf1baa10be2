import type { ProviderKind } from '#core/provider-kinds.ts'
import { anthropic } from './anthropic/vendor.ts'
import { awsBedrock } from './aws-bedrock/vendor.ts'
import { azureOpenai } from './azure-openai/vendor.ts'
import { google } from './google/vendor.ts'
import { openai } from './openai/vendor.ts'
import { openaiCompatible } from './openai-compatible/vendor.ts'
import { sandbox } from './sandbox/vendor.ts'
import type { Vendor } from './vendor.ts'

export const VENDORS: Readonly<Record<ProviderKind, Vendor>> = {
  openai,
  anthropic,
  azure_openai: azureOpenai,
  google,
  aws_bedrock: awsBedrock,
  openai_compatible: openaiCompatible,
  sandbox,
}
