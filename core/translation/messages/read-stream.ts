import { mergeAnthropicUsage, normalizeAnthropicUsage } from '#core/pricing/normalize-anthropic.ts'
import { fieldsIn, numberIn, textIn, UnknownContentError } from '../answer-fields.ts'
import { movedCitation, readMessageCitations } from '../citations.ts'
import type { EventReader, StreamEvent } from '../conversation.ts'
import { stopOfReason } from './answer.ts'

/** Reads message events. Protocol: Anthropic API reference, "Streaming Messages". */
export class MessagesEventReader implements EventReader {
  #usage: Record<string, unknown> | null = null
  readonly #tools = new Set<number>()
  /** Characters of text so far, and before the block that is open. */
  #said = 0
  #saidBefore = 0

  read(data: string): StreamEvent[] {
    const event = fieldsIn(JSON.parse(data))
    switch (event.type) {
      case 'message_start':
        return [this.#readStart(fieldsIn(event.message))]
      case 'content_block_start':
        return this.#readBlock(numberIn(event.index), fieldsIn(event.content_block))
      case 'content_block_delta':
        return this.#readDelta(numberIn(event.index), fieldsIn(event.delta))
      case 'content_block_stop':
        return this.#tools.delete(numberIn(event.index)) ? [{ type: 'toolEnd', index: numberIn(event.index) }] : []
      case 'message_delta':
        return this.#readEnd(event)
      // Content comes in blocks only; what else the vendor adds is to be passed over, as its reference says.
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
    switch (block.type) {
      case 'text':
        this.#saidBefore = this.#said
        return block.text ? [this.#text(textIn(block.text))] : []
      case 'thinking':
        return block.thinking ? [{ type: 'thinking', text: textIn(block.thinking) }] : []
      case 'redacted_thinking':
        return [{ type: 'thinkingProof', proof: { kind: 'redacted', value: textIn(block.data) } }]
      case 'tool_use':
        this.#tools.add(index)
        return [{ type: 'toolStart', index, id: textIn(block.id), name: textIn(block.name) }]
      default:
        throw new UnknownContentError(textIn(block.type))
    }
  }

  #readDelta(index: number, delta: Record<string, unknown>): StreamEvent[] {
    switch (delta.type) {
      case 'text_delta':
        return [this.#text(textIn(delta.text))]
      case 'thinking_delta':
        return [{ type: 'thinking', text: textIn(delta.thinking) }]
      case 'signature_delta':
        return [{ type: 'thinkingProof', proof: { kind: 'signature', value: textIn(delta.signature) } }]
      case 'citations_delta':
        return readMessageCitations([delta.citation], this.#said - this.#saidBefore).map(citation => ({
          type: 'citation',
          citation: movedCitation(citation, this.#saidBefore),
        }))
      case 'input_json_delta': {
        const text = textIn(delta.partial_json)
        return text === '' ? [] : [{ type: 'toolArguments', index, text }]
      }
      default:
        throw new UnknownContentError(textIn(delta.type))
    }
  }

  #text(text: string): StreamEvent {
    this.#said += text.length
    return { type: 'text', text }
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
