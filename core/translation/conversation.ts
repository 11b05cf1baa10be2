import type { TokenUsage } from '#core/pricing/token-usage.ts'

/** The dialects that can be translated into each other. */
export const TRANSLATED_DIALECTS = ['chat', 'messages', 'responses'] as const
export type TranslatedDialect = (typeof TRANSLATED_DIALECTS)[number]

/** A web page that a text rests on: `start` and `end` count characters of that text. */
export type Citation = { url: string; title: string | null; start: number; end: number }
/** `logprobs` as OpenAI's dialects have them, which agree on their form. */
export type TextPart = { type: 'text'; text: string; citations?: Citation[]; logprobs?: unknown[] }
/** What a model says in place of an answer that it refuses to give. */
export type RefusalPart = { type: 'refusal'; text: string }
export type FileSource = { kind: 'url'; url: string } | { kind: 'base64'; mediaType: string; data: string }
export type ImagePart = { type: 'image'; source: FileSource; detail: string | null }
export type DocumentPart = {
  type: 'document'
  source: FileSource | { kind: 'text'; text: string }
  name: string | null
}
/** `arguments` is JSON text, as the model wrote it; of a custom tool it is the input, in whatever form. */
export type ToolCallPart = { type: 'toolCall'; id: string; name: string; arguments: string; custom?: true }
export type ResultContent = TextPart | ImagePart | DocumentPart
export type ToolResultPart = { type: 'toolResult'; id: string; content: ResultContent[]; isError: boolean }
/** What a provider of messages wants back to accept a thought as its own: its signature, or all of it, encrypted. */
export type ThinkingProof = { kind: 'signature' | 'redacted'; value: string }
export type ThinkingPart = { type: 'thinking'; text: string; proof: ThinkingProof | null }
export type Part = TextPart | RefusalPart | ImagePart | DocumentPart | ToolCallPart | ToolResultPart | ThinkingPart

/** Role `system`: an instruction in the middle of a conversation. */
export type Turn = { role: 'user' | 'assistant' | 'system'; parts: Part[] }
export type FunctionTool = { name: string; description: string | null; schema: object | null; strict: boolean | null }
/** The grammar that the input of a custom tool keeps to. */
export type Grammar = { definition: unknown; syntax: unknown }
/** One that takes text in place of arguments; null: any text. OpenAI's dialects have it, no other does. */
export type CustomTool = { name: string; description: string | null; custom: { grammar: Grammar | null } }
export type Tool = FunctionTool | CustomTool
/** `allowed`: of all tools, only these may be called, and with `required` one of them must be. */
export type ToolChoice =
  | 'auto'
  | 'none'
  | 'required'
  | { name: string; custom?: true }
  | { allowed: string[]; mode: 'auto' | 'required' }
export type AnswerFormat = { name: string; schema: unknown; strict: boolean | null } | 'json_object'

/** Fields that chat completions and responses have in common, by their name in chat completions. */
export const OPENAI_FIELDS = ['service_tier', 'safety_identifier', 'prompt_cache_key', 'verbosity'] as const

/** A request without a dialect: what every dialect can say of a conversation, under one name each. */
export interface Conversation {
  /** The dialect it was read from: refusals name its parameters. */
  dialect: TranslatedDialect
  model: string
  /** Instructions before the first turn. */
  system: string[]
  turns: Turn[]
  tools: Tool[]
  toolChoice: ToolChoice | null
  parallelTools: boolean | null
  temperature: number | null
  topP: number | null
  topK: number | null
  maxTokens: number | null
  stop: string[]
  format: AnswerFormat | null
  reasoningEffort: string | null
  /** How many alternatives of each token to tell the log probability of; null: none are asked for. */
  logprobs: number | null
  userId: string | null
  openai: Partial<Record<(typeof OPENAI_FIELDS)[number], unknown>>
  stream: boolean
  /** Fields that were read but are not carried on, without their positions. */
  dropped: Set<string>
}

/** A conversation with nothing in it yet. */
export function emptyConversation(dialect: TranslatedDialect): Conversation {
  return {
    dialect,
    model: '',
    system: [],
    turns: [],
    tools: [],
    toolChoice: null,
    parallelTools: null,
    temperature: null,
    topP: null,
    topK: null,
    maxTokens: null,
    stop: [],
    format: null,
    reasoningEffort: null,
    logprobs: null,
    userId: null,
    openai: {},
    stream: false,
    dropped: new Set(),
  }
}

/** Adds parts to the last turn when it is of that role, and to a new one otherwise. */
export function addParts(turns: Turn[], role: Turn['role'], parts: Part[]): void {
  const last = turns.at(-1)
  if (last?.role === role) last.parts.push(...parts)
  else turns.push({ role, parts })
}

/** Adds instructions: to the system prompt at the beginning, as a turn later on. */
export function addInstructions(conversation: Conversation, texts: string[]): void {
  if (conversation.turns.length === 0) conversation.system.push(...texts)
  else {
    const parts = texts.map((text): TextPart => ({ type: 'text', text }))
    addParts(conversation.turns, 'system', parts)
  }
}

/** refusal: a filter of the provider ended the answer; pause: the model stopped in the middle of its work. */
export type StopReason = 'end' | 'length' | 'toolCalls' | 'stopSequence' | 'refusal' | 'pause'

/** A whole answer without a dialect. */
export interface Answer {
  id: string
  model: string
  /** Seconds since 1970. */
  created: number
  parts: Part[]
  stop: StopReason
  stopSequence: string | null
  /** Null: not reported. */
  usage: TokenUsage | null
}

/**
 * A step of a streamed answer without a dialect. `index` tells parallel tool calls apart; a citation counts the
 * characters of all text of the answer.
 */
export type StreamEvent =
  | { type: 'start'; id: string; model: string; created: number; usage: TokenUsage | null }
  | { type: 'text'; text: string; logprobs?: unknown[] }
  | { type: 'refusal' | 'thinking'; text: string }
  | { type: 'thinkingProof'; proof: ThinkingProof }
  | { type: 'citation'; citation: Citation }
  | { type: 'toolStart'; index: number; id: string; name: string; custom?: true }
  | { type: 'toolArguments'; index: number; text: string }
  | { type: 'toolEnd'; index: number }
  | { type: 'stop'; reason: StopReason; stopSequence: string | null }
  | { type: 'usage'; usage: TokenUsage }

/** Reads a stream of one dialect, frame by frame. */
export interface EventReader {
  /** The events in the data of one frame. Throws SyntaxError when it is not what the dialect allows. */
  read(data: string): StreamEvent[]
}

/** Writes a stream of one dialect, as server-sent event text. */
export interface EventWriter {
  /** What an event adds to the stream; may be empty. Throws SyntaxError for an event that belongs to nothing. */
  write(event: StreamEvent): string
  /** Closes what is open and ends the stream in the dialect's last event. */
  finish(): string
  /** Events written so far, which is the number of the next one where a dialect numbers them. */
  readonly written: number
}
