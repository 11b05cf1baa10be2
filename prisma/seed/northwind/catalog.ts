import type { Dialect } from '#core/contracts/config-documents.ts'

export type ProviderName = 'Sandbox' | 'OpenAI' | 'Anthropic' | 'Google' | 'Azure OpenAI eu-west'

export interface DemoProvider {
  name: ProviderName
  kind: 'sandbox' | 'openai' | 'anthropic' | 'google' | 'azure_openai'
  /** Null: where the sandbox listens. */
  baseUrl: string | null
  region: string | null
  /** Median milliseconds to the first token, and per answered token. */
  firstTokenMs: number
  tokenMs: number
}

export const PROVIDERS: readonly DemoProvider[] = [
  { name: 'Sandbox', kind: 'sandbox', baseUrl: null, region: null, firstTokenMs: 18, tokenMs: 0.4 },
  {
    name: 'OpenAI',
    kind: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    region: 'us-east',
    firstTokenMs: 420,
    tokenMs: 9,
  },
  {
    name: 'Anthropic',
    kind: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    region: 'us-east',
    firstTokenMs: 510,
    tokenMs: 11,
  },
  {
    name: 'Google',
    kind: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    region: 'eu-west',
    firstTokenMs: 380,
    tokenMs: 7,
  },
  {
    name: 'Azure OpenAI eu-west',
    kind: 'azure_openai',
    baseUrl: 'https://northwind-eu-west.openai.azure.com/openai/v1',
    region: 'eu-west',
    firstTokenMs: 360,
    tokenMs: 8,
  },
]

/** US dollars per million tokens; a class left out has no price of its own. */
export interface DemoPrice {
  input: string
  output?: string
  cachedInput?: string
  cacheWrite5m?: string
  cacheWrite1h?: string
}

export interface DemoModel {
  identifier: string
  displayName: string
  provider: ProviderName
  dialects: Dialect[]
  aliases?: string[]
  capabilities: string[]
  context: number
  maxOutput: number | null
  tiers: string[]
  price: DemoPrice | null
  lifecycle?: 'deprecated' | 'blocked'
  /** Days from now to the sunset. */
  sunsetIn?: number
  restrictions?: string
}

export const PRICE_SOURCE = 'vendor price list'
export const PRICE_DATE = '2025-11-01'

const CHAT: Dialect[] = ['chat', 'responses']
const MESSAGES: Dialect[] = ['messages']
const TOOLS = ['tools', 'streaming', 'json']
const VISION = [...TOOLS, 'vision']
const OPEN = ['Public', 'Internal']
const EVERY = [...OPEN, 'Restricted']

const sandbox = (
  identifier: string,
  displayName: string,
  dialects: Dialect[],
  price: DemoPrice,
  aliases: string[] = [],
): DemoModel => ({
  aliases,
  identifier,
  displayName,
  provider: 'Sandbox',
  dialects,
  capabilities: dialects.includes('embeddings') ? ['embeddings'] : TOOLS,
  context: 128_000,
  maxOutput: dialects.includes('embeddings') ? null : 16_384,
  tiers: OPEN,
  price,
})

const model = (
  provider: ProviderName,
  identifier: string,
  displayName: string,
  [context, maxOutput]: [number, number | null],
  price: DemoPrice | null,
  more: Partial<DemoModel> = {},
): DemoModel => ({
  identifier,
  displayName,
  provider,
  dialects: provider === 'Anthropic' ? MESSAGES : CHAT,
  capabilities: VISION,
  context,
  maxOutput,
  tiers: OPEN,
  price,
  ...more,
})

const EMBEDDING: Partial<DemoModel> = { dialects: ['embeddings'], capabilities: ['embeddings'] }

export const MODELS: readonly DemoModel[] = [
  sandbox('sandbox-gpt', 'Sandbox GPT', CHAT, { input: '1.25', cachedInput: '0.125', output: '10' }, ['balanced']),
  sandbox('sandbox-gpt-mini', 'Sandbox GPT mini', CHAT, { input: '0.25', cachedInput: '0.025', output: '2' }),
  sandbox('sandbox-reasoner', 'Sandbox Reasoner', CHAT, { input: '2', cachedInput: '0.5', output: '8' }),
  sandbox('sandbox-claude', 'Sandbox Claude', MESSAGES, {
    input: '3',
    cachedInput: '0.3',
    cacheWrite5m: '3.75',
    cacheWrite1h: '6',
    output: '15',
  }),
  sandbox('sandbox-claude-haiku', 'Sandbox Claude Haiku', MESSAGES, {
    input: '1',
    cachedInput: '0.1',
    cacheWrite5m: '1.25',
    cacheWrite1h: '2',
    output: '5',
  }),
  sandbox('sandbox-embed', 'Sandbox Embed', ['embeddings'], { input: '0.02' }),
  model('OpenAI', 'gpt-5', 'GPT-5', [400_000, 128_000], { input: '1.25', cachedInput: '0.125', output: '10' }),
  model(
    'OpenAI',
    'gpt-5-mini',
    'GPT-5 mini',
    [400_000, 128_000],
    { input: '0.25', cachedInput: '0.025', output: '2' },
    { aliases: ['economical'] },
  ),
  model('OpenAI', 'gpt-4.1', 'GPT-4.1', [1_047_576, 32_768], { input: '2', cachedInput: '0.5', output: '8' }),
  model('OpenAI', 'gpt-4.1-mini', 'GPT-4.1 mini', [1_047_576, 32_768], {
    input: '0.4',
    cachedInput: '0.1',
    output: '1.6',
  }),
  model('OpenAI', 'text-embedding-3-large', 'Text embedding 3 large', [8_191, null], { input: '0.13' }, EMBEDDING),
  model(
    'Anthropic',
    'claude-sonnet-4-5',
    'Claude Sonnet 4.5',
    [200_000, 64_000],
    { input: '3', cachedInput: '0.3', cacheWrite5m: '3.75', cacheWrite1h: '6', output: '15' },
    { aliases: ['careful'], tiers: EVERY },
  ),
  model(
    'Anthropic',
    'claude-haiku-4-5',
    'Claude Haiku 4.5',
    [200_000, 64_000],
    { input: '1', cachedInput: '0.1', cacheWrite5m: '1.25', cacheWrite1h: '2', output: '5' },
    { aliases: ['fast'], tiers: EVERY },
  ),
  model(
    'Anthropic',
    'claude-opus-4-1',
    'Claude Opus 4.1',
    [200_000, 32_000],
    { input: '15', cachedInput: '1.5', cacheWrite5m: '18.75', cacheWrite1h: '30', output: '75' },
    { aliases: ['thorough'], tiers: EVERY, restrictions: 'Contract review only' },
  ),
  model(
    'Anthropic',
    'claude-3-5-haiku',
    'Claude Haiku 3.5',
    [200_000, 8_192],
    { input: '0.8', cachedInput: '0.08', cacheWrite5m: '1', cacheWrite1h: '1.6', output: '4' },
    { lifecycle: 'deprecated', sunsetIn: 24 },
  ),
  model('Google', 'gemini-2.5-pro', 'Gemini 2.5 Pro', [1_048_576, 65_536], {
    input: '1.25',
    cachedInput: '0.31',
    output: '10',
  }),
  model('Google', 'gemini-2.5-flash', 'Gemini 2.5 Flash', [1_048_576, 65_536], {
    input: '0.3',
    cachedInput: '0.075',
    output: '2.5',
  }),
  model(
    'Azure OpenAI eu-west',
    'gpt-4o',
    'GPT-4o, eu-west',
    [128_000, 16_384],
    { input: '2.5', cachedInput: '1.25', output: '10' },
    { tiers: EVERY },
  ),
  model('Azure OpenAI eu-west', 'support-tone-ft', 'Support tone, fine-tuned', [128_000, 16_384], null, {
    restrictions: 'Support assistants only; its price is being negotiated',
  }),
  model(
    'Azure OpenAI eu-west',
    'gpt-4-turbo',
    'GPT-4 Turbo, eu-west',
    [128_000, 4_096],
    { input: '10', output: '30' },
    { lifecycle: 'blocked', restrictions: 'Failed the prompt injection suite' },
  ),
]
