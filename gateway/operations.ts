import type { Dialect } from '#core/contracts/config-documents.ts'
import type { OperationName } from '#core/contracts/operation-names.ts'

/** Whose shapes an answer has: errors, model lists and stream endings differ. */
export type Family = 'openai' | 'anthropic'

/** One governed call of the wire. */
export interface Operation {
  readonly name: OperationName
  readonly family: Family
  /** The dialect that a model must have to serve it. */
  readonly dialect: Dialect
  readonly path: string
  readonly streams: boolean
  /** Whether a stream tells its usage only when it is asked to (`stream_options.include_usage`). */
  readonly usageOnRequest: boolean
  /** False: the answer holds no generated text, so no output is reserved or estimated. */
  readonly generates: boolean
  /** False: the provider charges nothing for it. */
  readonly charged: boolean
  /** The model that a client means when it names none; null: it must name one. */
  readonly defaultModel: string | null
  readonly summary: string
}

export const OPERATIONS: readonly Operation[] = [
  {
    name: 'chat',
    family: 'openai',
    dialect: 'chat',
    path: '/chat/completions',
    streams: true,
    usageOnRequest: true,
    generates: true,
    charged: true,
    defaultModel: null,
    summary: 'Create a chat completion',
  },
  {
    name: 'responses',
    family: 'openai',
    dialect: 'responses',
    path: '/responses',
    streams: true,
    usageOnRequest: false,
    generates: true,
    charged: true,
    defaultModel: null,
    summary: 'Create a response',
  },
  {
    name: 'completions',
    family: 'openai',
    dialect: 'completions',
    path: '/completions',
    streams: true,
    usageOnRequest: true,
    generates: true,
    charged: true,
    defaultModel: null,
    summary: 'Create a completion',
  },
  {
    name: 'embeddings',
    family: 'openai',
    dialect: 'embeddings',
    path: '/embeddings',
    streams: false,
    usageOnRequest: false,
    generates: false,
    charged: true,
    defaultModel: null,
    summary: 'Create embeddings',
  },
  // OpenAI's SDKs leave the model out, and its API charges nothing.
  {
    name: 'moderations',
    family: 'openai',
    dialect: 'moderations',
    path: '/moderations',
    streams: false,
    usageOnRequest: false,
    generates: false,
    charged: false,
    defaultModel: 'omni-moderation-latest',
    summary: 'Classify text and images as harmful or not',
  },
  {
    name: 'messages',
    family: 'anthropic',
    dialect: 'messages',
    path: '/messages',
    streams: true,
    usageOnRequest: false,
    generates: true,
    charged: true,
    defaultModel: null,
    summary: 'Create a message',
  },
  {
    name: 'count_tokens',
    family: 'anthropic',
    dialect: 'messages',
    path: '/messages/count_tokens',
    streams: false,
    usageOnRequest: false,
    generates: false,
    charged: false,
    defaultModel: null,
    summary: 'Count the tokens of a message',
  },
]

/** Every wire path exists under each of these, so that a base URL with or without them works. */
export const PATH_PREFIXES = ['', '/v1', '/openai', '/openai/v1', '/anthropic', '/anthropic/v1'] as const

/** The family whose error shape a path that may not exist is answered in. */
export function familyOfPath(path: string): Family {
  return path.startsWith('/anthropic') || /^(\/openai)?(\/v1)?\/messages(\/|\?|$)/.test(path) ? 'anthropic' : 'openai'
}

/** The path to tell a client that used another dialect. */
export function pathOfDialect(dialect: Dialect): string {
  const operation = OPERATIONS.find(one => one.dialect === dialect)
  return `/v1${operation?.path ?? ''}`
}
