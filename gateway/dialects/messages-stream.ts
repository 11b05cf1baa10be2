import { mergeAnthropicUsage } from '#core/pricing/normalize-anthropic.ts'
import { type FrameVerdict, lengthOf, objectFrom, type StreamReader } from './stream-reader.ts'

/** A stream of message events (Anthropic API reference, "Streaming Messages"), ended by `message_stop`. */
export class MessagesStream implements StreamReader {
  usage: unknown = null
  generated = 0
  complete = false
  readonly next = 0
  readonly ending = Buffer.from('event: message_stop\ndata: {"type":"message_stop"}\n\n')

  read(data: string): FrameVerdict {
    const event = objectFrom(data) as {
      type?: unknown
      message?: { usage?: unknown }
      usage?: unknown
      delta?: Record<string, unknown>
    }
    switch (event.type) {
      case 'message_start':
        this.usage = mergeAnthropicUsage(this.usage, event.message?.usage)
        return 'pass'
      case 'content_block_delta':
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
