import type { StreamedAnswer } from '#gateway/content/streamed-answer.ts'
import type { OperationName } from '#gateway/operations.ts'
import { ChatStream } from './chat-stream.ts'
import { MessagesStream } from './messages-stream.ts'
import { ResponsesStream } from './responses-stream.ts'

/**
 * What a frame means for the relay. pass: goes on as it is; drop: the client did not ask for it; end: the dialect's
 * last event; error: the provider says that it failed.
 */
export type FrameVerdict = 'pass' | 'drop' | 'end' | 'error'

/** Follows a stream of one dialect: what each frame means, and what has been consumed so far. */
export interface StreamReader {
  /** Reads the data of a frame. Throws SyntaxError when it is not what the dialect allows. */
  read(data: string): FrameVerdict
  /** Whether all that the client waits for has come, although the last event has not. */
  readonly complete: boolean
  /** The usage that the provider reported, as it reported it; null: none yet. */
  readonly usage: unknown
  /** Characters of generated text so far, for an estimate when no usage comes. */
  readonly generated: number
  /** The dialect's last event, for a provider that leaves it out. */
  readonly ending: Buffer | null
  /** Told what each frame says, for the content log; null: nothing is kept. */
  kept: StreamedAnswer | null
}

/** A reader for an operation's stream; null: the operation does not stream. */
export function streamReader(operation: OperationName, wantsUsage: boolean): StreamReader | null {
  if (operation === 'chat') return new ChatStream(wantsUsage)
  if (operation === 'messages') return new MessagesStream()
  return operation === 'responses' ? new ResponsesStream() : null
}

/** A JSON object out of a frame. Throws SyntaxError when it is none. */
export function objectFrom(data: string): Record<string, unknown> {
  const value: unknown = JSON.parse(data)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object')
  return value as Record<string, unknown>
}

/** The number of characters in a value that should be text; 0 for anything else. */
export function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : 0
}
