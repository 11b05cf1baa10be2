import { type FrameVerdict, lengthOf, objectFrom, type StreamReader } from './stream-reader.ts'

const LAST = new Set(['response.completed', 'response.incomplete'])
const FAILED = new Set(['error', 'response.failed', 'response.cancelled'])

interface ResponseEvent {
  type?: unknown
  sequence_number?: unknown
  delta?: unknown
  response?: { usage?: unknown }
}

/** A stream of response events (OpenAI API reference, "Responses: streaming events"), ended by the response's state. */
export class ResponsesStream implements StreamReader {
  usage: unknown = null
  generated = 0
  next = 0
  readonly complete = false
  readonly ending = null

  read(data: string): FrameVerdict {
    if (data === '[DONE]') return 'pass'
    const event: ResponseEvent = objectFrom(data)
    if (typeof event.sequence_number === 'number') this.next = event.sequence_number + 1
    const type = String(event.type)
    if (event.response?.usage && (LAST.has(type) || FAILED.has(type))) this.usage = event.response.usage
    if (FAILED.has(type)) return 'error'
    if (LAST.has(type)) return 'end'
    this.generated += lengthOf(event.delta)
    return 'pass'
  }
}
