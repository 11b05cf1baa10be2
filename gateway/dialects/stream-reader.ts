import type { StreamedAnswer } from '#gateway/content/streamed-answer.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { ChatStream } from './chat-stream.ts'
import { MessagesStream } from './messages-stream.ts'
import { answeredChoices } from './request-fields.ts'
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
  /** What the frame that was read last says; null: it is no event, such as `[DONE]`. */
  readonly event: Record<string, unknown> | null
  /** Whether all that the client waits for has come, although the last event has not. */
  readonly complete: boolean
  /** The usage that the provider reported, as it reported it; null: none yet. */
  readonly usage: unknown
  /** Characters of generated text so far, for an estimate when no usage comes. */
  readonly generated: number
  /** The number of the next event, where the dialect numbers them; 0 where it does not. */
  readonly next: number
  /** The dialect's last event, for a provider that leaves it out. */
  readonly ending: Buffer | null
  /** Told what each frame says, for the content log; null: nothing is kept. */
  kept: StreamedAnswer | null
}

/** A reader for the stream that a provider answers a request with; null: the operation does not stream. */
export function streamReader({ upstream, wantsUsage, translation, body }: Exchange): StreamReader | null {
  switch (upstream.name) {
    case 'chat':
    case 'completions':
      return new ChatStream(wantsUsage, translation ? 1 : answeredChoices(body))
    case 'messages':
      return new MessagesStream()
    case 'responses':
      return new ResponsesStream()
    default:
      return null
  }
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
