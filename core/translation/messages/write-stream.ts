import type { TokenUsage } from '#core/pricing/token-usage.ts'
import { answerId, namedFrame } from '../answer-fields.ts'
import { type Block, BlockSequence } from '../block-sequence.ts'
import { messageCitation } from '../citations.ts'
import type { EventWriter, StreamEvent } from '../conversation.ts'
import { messagesUsage } from '../usage.ts'
import { stopReason, UNREPORTED_USAGE } from './answer.ts'

/** Writes message events, from `message_start` to `message_stop`. */
export class MessagesEventWriter implements EventWriter {
  written = 0
  #started = false
  #refused = false
  #stop: (StreamEvent & { type: 'stop' }) | null = null
  #usage: TokenUsage | null = null
  // One block is open at a time, as the vendor's own streams have it.
  readonly #blocks = new BlockSequence({
    interleaves: false,
    open: (block, index) => this.#frame('content_block_start', { index, content_block: openedBlock(block) }),
    delta: (block, index, text) => this.#frame('content_block_delta', { index, delta: deltaOf(block, text) }),
    cite: (_block, index, citation, cited) =>
      this.#frame('content_block_delta', {
        index,
        delta: { type: 'citations_delta', citation: messageCitation(citation, cited) },
      }),
    close: (block, index) => this.#sign(block, index) + this.#frame('content_block_stop', { index }),
  })

  write(event: StreamEvent): string {
    if (event.type === 'start') return this.#start(event)
    if (event.type === 'stop') this.#stop = event
    else if (event.type === 'usage') this.#usage = event.usage
    else {
      if (event.type === 'refusal') this.#refused = true
      return this.#start() + this.#blocks.push(event)
    }
    return ''
  }

  finish(): string {
    const blocks = this.#start() + this.#blocks.finish()
    const reason = this.#stop?.reason ?? (this.#blocks.hasTools ? 'toolCalls' : 'end')
    const stop_reason = stopReason(reason, this.#refused)
    const delta = { stop_reason, stop_sequence: this.#stop?.stopSequence ?? null }
    const usage = this.#usage ? messagesUsage(this.#usage) : { output_tokens: 0 }
    return blocks + this.#frame('message_delta', { delta, usage }) + this.#frame('message_stop', {})
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
    return this.#frame('message_start', { message })
  }

  #sign(block: Block, index: number): string {
    if (block.kind !== 'thinking' || block.proof?.kind !== 'signature') return ''
    const delta = { type: 'signature_delta', signature: block.proof.value }
    return this.#frame('content_block_delta', { index, delta })
  }

  #frame(type: string, fields: object): string {
    this.written++
    return namedFrame(type, fields)
  }
}

function openedBlock(block: Block): object {
  if (block.kind === 'tool') return { type: 'tool_use', id: block.id, name: block.name, input: {} }
  if (block.kind !== 'thinking') return { type: 'text', text: '' }
  if (block.proof?.kind === 'redacted') return { type: 'redacted_thinking', data: block.proof.value }
  return { type: 'thinking', thinking: '', signature: '' }
}

function deltaOf(block: Block, text: string): object {
  if (block.kind === 'tool') return { type: 'input_json_delta', partial_json: text }
  if (block.kind === 'thinking') return { type: 'thinking_delta', thinking: text }
  return { type: 'text_delta', text }
}
