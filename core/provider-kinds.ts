import type { PROVIDER_KINDS } from './contracts/config-documents.ts'

export type ProviderKind = (typeof PROVIDER_KINDS)[number]

export interface ProviderKindInfo {
  label: string
  /** As the vendor's own client has it; null: there is one address a customer, region or installation. */
  baseUrl: string | null
  /** What to put into the field when there is no default. */
  baseUrlExample: string
  needsCredential: boolean
}

export const PROVIDER_KIND_INFO: Record<ProviderKind, ProviderKindInfo> = {
  openai: {
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    baseUrlExample: 'https://api.openai.com/v1',
    needsCredential: true,
  },
  anthropic: {
    label: 'Anthropic',
    baseUrl: 'https://api.anthropic.com',
    baseUrlExample: 'https://api.anthropic.com',
    needsCredential: true,
  },
  azure_openai: {
    label: 'Azure OpenAI',
    baseUrl: null,
    baseUrlExample: 'https://your-resource.openai.azure.com',
    needsCredential: true,
  },
  google: {
    label: 'Google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    baseUrlExample: 'https://generativelanguage.googleapis.com/v1beta/openai',
    needsCredential: true,
  },
  aws_bedrock: {
    label: 'AWS Bedrock',
    baseUrl: null,
    baseUrlExample: 'https://bedrock-runtime.eu-central-1.amazonaws.com/openai/v1',
    needsCredential: true,
  },
  openai_compatible: {
    label: 'OpenAI-compatible',
    baseUrl: null,
    baseUrlExample: 'https://models.example.com/v1',
    needsCredential: false,
  },
  sandbox: {
    label: 'Sandbox',
    baseUrl: null,
    baseUrlExample: 'http://127.0.0.1:4010',
    needsCredential: false,
  },
}
