import type { AnswerTextKind } from '#core/content/answer-part.ts'
import type { StreamedAnswer } from '#gateway/content/streamed-answer.ts'
import { type FrameVerdict, lengthOf, objectFrom, type StreamReader } from './stream-reader.ts'

const TEXTS: Readonly<Record<string, AnswerTextKind>> = {
  'response.output_text.delta': 'text',
  'response.refusal.delta': 'refusal',
  'response.reasoning_text.delta': 'thinking',
  'response.reasoning_summary_text.delta': 'thinking',
}
const LAST = new Set(['response.completed', 'response.incomplete'])
const FAILED = new Set(['error', 'response.failed', 'response.cancelled'])

interface ResponseEvent {
  type?: unknown
  sequence_number?: unknown
  delta?: unknown
  output_index?: unknown
  content_index?: unknown
  item?: { type?: unknown; name?: unknown; call_id?: unknown }
  response?: { usage?: unknown }
}

/** A stream of response events (OpenAI API reference, "Responses: streaming events"), ended by the response's state. */
export class ResponsesStream implements StreamReader {
  usage: unknown = null
  generated = 0
  next = 0
  readonly complete = false
  readonly ending = null
  kept: StreamedAnswer | null = null
  event: Record<string, unknown> | null = null

  read(data: string): FrameVerdict {
    this.event = null
    if (data === '[DONE]') return 'pass'
    this.event = objectFrom(data)
    const event: ResponseEvent = this.event
    if (typeof event.sequence_number === 'number') this.next = event.sequence_number + 1
    const type = String(event.type)
    if (event.response?.usage && (LAST.has(type) || FAILED.has(type))) this.usage = event.response.usage
    if (FAILED.has(type)) return 'error'
    if (LAST.has(type)) return 'end'
    this.generated += lengthOf(event.delta)
    if (this.kept) keepEvent(this.kept, event)
    return 'pass'
  }
}

function keepEvent(kept: StreamedAnswer, event: ResponseEvent): void {
  const { type, delta, item, output_index } = event
  const place = `${output_index} ${event.content_index}`
  if (type === 'response.output_item.added') {
    if (typeof item?.name === 'string') kept.toolCall(output_index, item.call_id, item.name)
  } else if (type === 'response.function_call_arguments.delta' || type === 'response.custom_tool_call_input.delta') {
    kept.toolArguments(output_index, delta)
  } else {
    const kind = TEXTS[String(type)]
    if (kind) kept.text(kind, delta, 0, place)
  }
}
