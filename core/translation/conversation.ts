import type { TokenUsage } from '#core/pricing/token-usage.ts'

/** The dialects that can be translated into each other. */
export const TRANSLATED_DIALECTS = ['chat', 'messages', 'responses'] as const
export type TranslatedDialect = (typeof TRANSLATED_DIALECTS)[number]

export type TextPart = { type: 'text'; text: string }
export type ImageSource = { kind: 'url'; url: string } | { kind: 'base64'; mediaType: string; data: string }
export type ImagePart = { type: 'image'; source: ImageSource; detail: string | null }
/** `arguments` is JSON text, as the model wrote it. */
export type ToolCallPart = { type: 'toolCall'; id: string; name: string; arguments: string }
export type ToolResultPart = { type: 'toolResult'; id: string; content: (TextPart | ImagePart)[]; isError: boolean }
export type ThinkingPart = { type: 'thinking'; text: string }
export type Part = TextPart | ImagePart | ToolCallPart | ToolResultPart | ThinkingPart

export type Turn = { role: 'user' | 'assistant'; parts: Part[] }
export type Tool = { name: string; description: string | null; schema: object | null; strict: boolean | null }
export type ToolChoice = 'auto' | 'none' | 'required' | { name: string }
export type AnswerFormat = { name: string; schema: unknown; strict: boolean | null } | 'json_object'

/** A request without a dialect: what every dialect can say of a conversation, under one name each. */
export interface Conversation {
  /** The dialect it was read from: refusals name its parameters. */
  dialect: TranslatedDialect
  model: string
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
  userId: string | null
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
    userId: null,
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

export type StopReason = 'end' | 'length' | 'toolCalls' | 'stopSequence' | 'refusal'

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

/** A step of a streamed answer without a dialect. `index` tells parallel tool calls apart. */
export type StreamEvent =
  | { type: 'start'; id: string; model: string; created: number; usage: TokenUsage | null }
  | { type: 'text' | 'thinking'; text: string }
  | { type: 'toolStart'; index: number; id: string; name: string }
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
}
