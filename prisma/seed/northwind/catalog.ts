import type { SubstitutionReason } from '#core/routing/route.ts'

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
    baseUrl: 'https://api.anthropic.com',
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
    baseUrl: 'https://northwind-eu-west.openai.azure.com',
    region: 'eu-west',
    firstTokenMs: 360,
    tokenMs: 8,
  },
]

/** A model of the organization; what is not said here comes from the list that the product ships. */
export interface DemoModel {
  identifier: string
  provider: ProviderName
  tiers: readonly string[]
  aliases?: string[]
  lifecycle?: 'deprecated' | 'blocked'
  /** Days from now to the sunset. */
  sunsetIn?: number
  restrictions?: string
  /** A deployment of the organization's own: a shipped model under another name, without a price. */
  tunedFrom?: string
  /** Who stands in for it, best first, by identifier. */
  substitutes?: [string, ...SubstitutionReason[]][]
}

const OPEN = ['Public', 'Internal']
const EVERY = [...OPEN, 'Restricted']

const model = (provider: ProviderName, identifier: string, more: Partial<DemoModel> = {}): DemoModel => ({
  identifier,
  provider,
  tiers: OPEN,
  ...more,
})

export const MODELS: readonly DemoModel[] = [
  model('Sandbox', 'sandbox-gpt', {
    aliases: ['balanced'],
    substitutes: [
      ['sandbox-claude', 'outage'],
      ['sandbox-gpt-mini', 'outage', 'budget'],
    ],
  }),
  model('Sandbox', 'sandbox-gpt-mini', { aliases: ['fast'], substitutes: [['sandbox-claude-haiku', 'outage']] }),
  model('Sandbox', 'sandbox-reasoner'),
  model('Sandbox', 'sandbox-claude', {
    aliases: ['careful'],
    substitutes: [
      ['sandbox-gpt', 'outage'],
      ['sandbox-claude-haiku', 'budget'],
    ],
  }),
  model('Sandbox', 'sandbox-claude-haiku'),
  model('Sandbox', 'sandbox-embed'),
  model('Sandbox', 'sandbox-moderation', { aliases: ['omni-moderation-latest'] }),
  model('OpenAI', 'gpt-5', {
    substitutes: [
      ['claude-sonnet-4-5', 'outage'],
      ['gpt-5-mini', 'budget'],
    ],
  }),
  model('OpenAI', 'gpt-5-mini', { aliases: ['economical'], substitutes: [['gemini-2.5-flash', 'outage']] }),
  model('OpenAI', 'gpt-4.1'),
  model('OpenAI', 'gpt-4.1-mini'),
  model('OpenAI', 'text-embedding-3-large'),
  model('OpenAI', 'o4-mini', { lifecycle: 'blocked', restrictions: 'Not approved by the review board' }),
  model('Anthropic', 'claude-sonnet-4-5', {
    tiers: EVERY,
    substitutes: [
      ['gpt-4o', 'outage'],
      ['claude-haiku-4-5', 'budget'],
    ],
  }),
  model('Anthropic', 'claude-haiku-4-5', { tiers: EVERY, substitutes: [['gpt-4o', 'outage']] }),
  model('Anthropic', 'claude-opus-4-5', { tiers: EVERY, aliases: ['thorough'], restrictions: 'Contract review only' }),
  model('Google', 'gemini-2.5-pro', {
    substitutes: [
      ['gpt-5', 'outage'],
      ['gemini-2.5-flash', 'budget'],
    ],
  }),
  model('Google', 'gemini-2.5-flash'),
  model('Azure OpenAI eu-west', 'gpt-4o', { tiers: EVERY, substitutes: [['claude-sonnet-4-5', 'outage']] }),
  model('Azure OpenAI eu-west', 'gpt-4o-mini', { tiers: EVERY, lifecycle: 'deprecated', sunsetIn: 24 }),
  model('Azure OpenAI eu-west', 'support-tone-ft', {
    tunedFrom: 'gpt-4o-mini',
    restrictions: 'Support assistants only; its price is being negotiated',
  }),
]

/** The model that requests are refused for now and then, and the one that teams have to leave. */
export const BLOCKED_MODEL = 'o4-mini'
export const SUNSET_MODEL = 'gpt-4o-mini'
