import type { Dialect } from '#core/contracts/config-documents.ts'

/** Whose shapes an answer has: errors, model lists and stream endings differ. */
export type Family = 'openai' | 'anthropic'

export type OperationName = 'chat' | 'responses' | 'embeddings' | 'messages' | 'count_tokens'

/** One governed call of the wire. */
export interface Operation {
  readonly name: OperationName
  readonly family: Family
  /** The dialect that a model must have to serve it. */
  readonly dialect: Dialect
  readonly path: string
  readonly streams: boolean
  /** False: the provider charges nothing for it. */
  readonly charged: boolean
  readonly summary: string
}

export const OPERATIONS: readonly Operation[] = [
  {
    name: 'chat',
    family: 'openai',
    dialect: 'chat',
    path: '/chat/completions',
    streams: true,
    charged: true,
    summary: 'Create a chat completion',
  },
  {
    name: 'responses',
    family: 'openai',
    dialect: 'responses',
    path: '/responses',
    streams: true,
    charged: true,
    summary: 'Create a response',
  },
  {
    name: 'embeddings',
    family: 'openai',
    dialect: 'embeddings',
    path: '/embeddings',
    streams: false,
    charged: true,
    summary: 'Create embeddings',
  },
  {
    name: 'messages',
    family: 'anthropic',
    dialect: 'messages',
    path: '/messages',
    streams: true,
    charged: true,
    summary: 'Create a message',
  },
  {
    name: 'count_tokens',
    family: 'anthropic',
    dialect: 'messages',
    path: '/messages/count_tokens',
    streams: false,
    charged: false,
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
