import { mergeAnthropicUsage } from '#core/pricing/normalize-anthropic.ts'
import type { StreamedAnswer } from '#gateway/content/streamed-answer.ts'
import { type FrameVerdict, lengthOf, objectFrom, type StreamReader } from './stream-reader.ts'

/** A stream of message events (Anthropic API reference, "Streaming Messages"), ended by `message_stop`. */
export class MessagesStream implements StreamReader {
  event: Record<string, unknown> | null = null
  usage: unknown = null
  generated = 0
  complete = false
  kept: StreamedAnswer | null = null
  readonly next = 0
  readonly ending = Buffer.from('event: message_stop\ndata: {"type":"message_stop"}\n\n')

  read(data: string): FrameVerdict {
    this.event = objectFrom(data)
    const event = this.event as {
      type?: unknown
      message?: { usage?: unknown }
      usage?: unknown
      delta?: Record<string, unknown>
      index?: unknown
      content_block?: Record<string, unknown>
    }
    switch (event.type) {
      case 'message_start':
        this.usage = mergeAnthropicUsage(this.usage, event.message?.usage)
        return 'pass'
      case 'content_block_start':
        if (this.kept && event.content_block) keepBlock(this.kept, event.index, event.content_block)
        return 'pass'
      case 'content_block_delta':
        if (this.kept && event.delta) keepDelta(this.kept, event.index, event.delta)
        this.generated +=
          lengthOf(event.delta?.text) + lengthOf(event.delta?.thinking) + lengthOf(event.delta?.partial_json)
        return 'pass'
      case 'message_delta':
        this.usage = mergeAnthropicUsage(this.usage, event.usage)
        if (event.delta?.stop_reason) this.complete = true
        return 'pass'
      case 'message_stop':
        return 'end'
      case 'error':
        return 'error'
      default:
        return 'pass'
    }
  }
}

function keepBlock(kept: StreamedAnswer, place: unknown, block: Record<string, unknown>): void {
  if (typeof block.name === 'string') kept.toolCall(place, block.id, block.name)
  kept.text('text', block.text, 0, place)
  kept.text('thinking', block.thinking, 0, place)
}

function keepDelta(kept: StreamedAnswer, place: unknown, delta: Record<string, unknown>): void {
  kept.text('text', delta.text, 0, place)
  kept.text('thinking', delta.thinking, 0, place)
  kept.toolArguments(place, delta.partial_json)
}
