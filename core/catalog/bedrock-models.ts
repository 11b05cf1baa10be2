import type { ShippedModel } from './shipped-model.ts'

/** Models of AWS Bedrock on its OpenAI-compatible endpoint, on-demand list prices of us-west-2. */
export const BEDROCK_MODELS: readonly ShippedModel[] = [
  {
    vendor: 'bedrock',
    identifier: 'openai.gpt-oss-120b-1:0',
    displayName: 'gpt-oss-120b (Bedrock)',
    dialects: ['chat'],
    capabilities: ['tools', 'reasoning'],
    modalities: ['text'],
    contextWindow: 128000,
    maxOutputTokens: null,
    usdPerMillionTokens: { input: '0.15', output: '0.6' },
  },
  {
    vendor: 'bedrock',
    identifier: 'openai.gpt-oss-20b-1:0',
    displayName: 'gpt-oss-20b (Bedrock)',
    dialects: ['chat'],
    capabilities: ['tools', 'reasoning'],
    modalities: ['text'],
    contextWindow: 128000,
    maxOutputTokens: null,
    usdPerMillionTokens: { input: '0.07', output: '0.3' },
  },
]
