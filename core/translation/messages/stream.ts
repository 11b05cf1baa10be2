import { mergeAnthropicUsage, normalizeAnthropicUsage } from '#core/pricing/normalize-anthropic.ts'
import type { TokenUsage } from '#core/pricing/token-usage.ts'
import { answerId, fieldsIn, namedFrame, numberIn, textIn } from '../answer-fields.ts'
import { type Block, BlockSequence } from '../block-sequence.ts'
import type { EventReader, EventWriter, StreamEvent } from '../conversation.ts'
import { messagesUsage } from '../usage.ts'
import { stopOfReason, stopReason, UNREPORTED_USAGE } from './answer.ts'

/** Reads message events. Protocol: Anthropic API reference, "Streaming Messages". */
export class MessagesEventReader implements EventReader {
  #usage: Record<string, unknown> | null = null
  readonly #tools = new Set<number>()

  read(data: string): StreamEvent[] {
    const event = fieldsIn(JSON.parse(data))
    switch (event.type) {
      case 'message_start':
        return [this.#readStart(fieldsIn(event.message))]
      case 'content_block_start':
        return this.#readBlock(numberIn(event.index), fieldsIn(event.content_block))
      case 'content_block_delta':
        return readDelta(numberIn(event.index), fieldsIn(event.delta))
      case 'content_block_stop':
        return this.#tools.delete(numberIn(event.index)) ? [{ type: 'toolEnd', index: numberIn(event.index) }] : []
      case 'message_delta':
        return this.#readEnd(event)
      default:
        return []
    }
  }

  #readStart(message: Record<string, unknown>): StreamEvent {
    this.#usage = mergeAnthropicUsage(null, message.usage)
    const usage = normalizeAnthropicUsage(this.#usage)
    const created = Math.floor(Date.now() / 1000)
    return { type: 'start', id: textIn(message.id), model: textIn(message.model), created, usage }
  }

  #readBlock(index: number, block: Record<string, unknown>): StreamEvent[] {
    if (block.type === 'text' && block.text) return [{ type: 'text', text: textIn(block.text) }]
    if (block.type !== 'tool_use') return []
    this.#tools.add(index)
    return [{ type: 'toolStart', index, id: textIn(block.id), name: textIn(block.name) }]
  }

  #readEnd(event: Record<string, unknown>): StreamEvent[] {
    this.#usage = mergeAnthropicUsage(this.#usage, event.usage)
    const delta = event.delta ? fieldsIn(event.delta) : {}
    const events: StreamEvent[] = []
    if (delta.stop_reason) {
      const stopSequence = textIn(delta.stop_sequence) || null
      events.push({ type: 'stop', reason: stopOfReason(delta.stop_reason), stopSequence })
    }
    const usage = normalizeAnthropicUsage(this.#usage)
    if (usage) events.push({ type: 'usage', usage })
    return events
  }
}

function readDelta(index: number, delta: Record<string, unknown>): StreamEvent[] {
  if (delta.type === 'text_delta') return [{ type: 'text', text: textIn(delta.text) }]
  if (delta.type === 'thinking_delta') return [{ type: 'thinking', text: textIn(delta.thinking) }]
  const piece = delta.type === 'input_json_delta' ? textIn(delta.partial_json) : ''
  return piece === '' ? [] : [{ type: 'toolArguments', index, text: piece }]
}

/** Writes message events, from `message_start` to `message_stop`. */
export class MessagesEventWriter implements EventWriter {
  #started = false
  #stop: (StreamEvent & { type: 'stop' }) | null = null
  #usage: TokenUsage | null = null
  readonly #blocks = new BlockSequence({
    open: (block, index) => namedFrame('content_block_start', { index, content_block: openedBlock(block) }),
    delta: (block, index, text) => namedFrame('content_block_delta', { index, delta: deltaOf(block, text) }),
    close: (_block, index) => namedFrame('content_block_stop', { index }),
  })

  write(event: StreamEvent): string {
    if (event.type === 'start') return this.#start(event)
    if (event.type === 'stop') this.#stop = event
    else if (event.type === 'usage') this.#usage = event.usage
    else return this.#start() + this.#blocks.push(event)
    return ''
  }

  finish(): string {
    const reason = this.#stop?.reason ?? (this.#blocks.hasTools ? 'toolCalls' : 'end')
    const delta = { stop_reason: stopReason(reason), stop_sequence: this.#stop?.stopSequence ?? null }
    const usage = this.#usage ? messagesUsage(this.#usage) : { output_tokens: 0 }
    const end = namedFrame('message_delta', { delta, usage }) + namedFrame('message_stop', {})
    return this.#start() + this.#blocks.finish() + end
  }

  #start(event?: StreamEvent & { type: 'start' }): string {
    if (this.#started) return ''
    this.#started = true
    const message = {
      id: answerId('msg_', event?.id ?? ''),
      type: 'message',
      role: 'assistant',
      model: event?.model ?? '',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: event?.usage ? messagesUsage(event.usage) : UNREPORTED_USAGE,
    }
    return namedFrame('message_start', { message })
  }
}

function openedBlock(block: Block): object {
  if (block.kind === 'text') return { type: 'text', text: '' }
  if (block.kind === 'thinking') return { type: 'thinking', thinking: '', signature: '' }
  return { type: 'tool_use', id: block.id, name: block.name, input: {} }
}

function deltaOf(block: Block, text: string): object {
  if (block.kind === 'text') return { type: 'text_delta', text }
  if (block.kind === 'thinking') return { type: 'thinking_delta', thinking: text }
  return { type: 'input_json_delta', partial_json: text }
}
