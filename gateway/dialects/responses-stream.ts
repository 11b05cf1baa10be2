import { type FrameVerdict, lengthOf, objectFrom, type StreamReader } from './stream-reader.ts'

const LAST = new Set(['response.completed', 'response.incomplete', 'response.failed', 'response.cancelled'])

/** A stream of response events (OpenAI API reference, "Responses: streaming events"), ended by the response's state. */
export class ResponsesStream implements StreamReader {
  usage: unknown = null
  generated = 0
  readonly complete = false
  readonly ending = null

  read(data: string): FrameVerdict {
    if (data === '[DONE]') return 'pass'
    const event = objectFrom(data) as { type?: unknown; delta?: unknown; response?: { usage?: unknown } }
    if (event.type === 'error') return 'error'
    if (typeof event.type === 'string' && LAST.has(event.type)) {
      if (event.response?.usage) this.usage = event.response.usage
      return 'end'
    }
    this.generated += lengthOf(event.delta)
    return 'pass'
  }
}
