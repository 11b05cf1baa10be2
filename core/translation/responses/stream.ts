import { normalizeOpenAiUsage } from '#core/pricing/normalize-openai.ts'
import type { TokenUsage } from '#core/pricing/token-usage.ts'
import { answerId, fieldsIn, namedFrame, numberIn, textIn } from '../answer-fields.ts'
import { type Block, BlockSequence } from '../block-sequence.ts'
import type { EventReader, EventWriter, StopReason, StreamEvent } from '../conversation.ts'
import { callItem, messageItem, reasoningItem, responseObject, stopOfResponse } from './answer.ts'

/** Reads response events. Protocol: OpenAI API reference, "Responses: streaming events". */
export class ResponsesEventReader implements EventReader {
  readonly #tools = new Set<number>()
  #called = false

  read(data: string): StreamEvent[] {
    if (data === '[DONE]') return []
    const event = fieldsIn(JSON.parse(data))
    const index = numberIn(event.output_index)
    switch (event.type) {
      case 'response.created': {
        const { id, model, created_at: created } = fieldsIn(event.response)
        return [{ type: 'start', id: textIn(id), model: textIn(model), created: numberIn(created), usage: null }]
      }
      case 'response.output_item.added':
        return this.#readItem(index, fieldsIn(event.item))
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        return [{ type: 'text', text: textIn(event.delta) }]
      case 'response.reasoning_summary_text.delta':
        return [{ type: 'thinking', text: textIn(event.delta) }]
      case 'response.function_call_arguments.delta':
        return [{ type: 'toolArguments', index, text: textIn(event.delta) }]
      case 'response.output_item.done':
        return this.#tools.delete(index) ? [{ type: 'toolEnd', index }] : []
      case 'response.completed':
      case 'response.incomplete':
        return this.#readEnd(fieldsIn(event.response))
      case 'response.failed':
      case 'response.cancelled':
        throw new SyntaxError('the response failed')
      default:
        return []
    }
  }

  #readItem(index: number, item: Record<string, unknown>): StreamEvent[] {
    if (item.type !== 'function_call') return []
    this.#tools.add(index)
    this.#called = true
    return [{ type: 'toolStart', index, id: textIn(item.call_id), name: textIn(item.name) }]
  }

  #readEnd(response: Record<string, unknown>): StreamEvent[] {
    const reason = stopOfResponse(response, this.#called)
    const usage = normalizeOpenAiUsage(response.usage)
    const stop: StreamEvent = { type: 'stop', reason, stopSequence: null }
    return usage ? [stop, { type: 'usage', usage }] : [stop]
  }
}

/** Writes response events, numbered from 0, ended by the response's state. */
export class ResponsesEventWriter implements EventWriter {
  #head = { id: 'resp_', model: '', created: 0 }
  #started = false
  #sequence = 0
  #stop: StopReason | null = null
  #usage: TokenUsage | null = null
  readonly #output: object[] = []
  readonly #blocks = new BlockSequence({
    open: (block, index) => this.#open(block, index),
    delta: (block, index, delta) => this.#delta(block, index, delta),
    close: (block, index, whole) => this.#close(block, index, whole),
  })

  write(event: StreamEvent): string {
    if (event.type === 'start') {
      if (this.#started) return ''
      this.#head = { id: answerId('resp_', event.id), model: event.model, created: event.created }
      return this.#start()
    }
    if (event.type === 'stop') this.#stop = event.reason
    else if (event.type === 'usage') this.#usage = event.usage
    else return this.#start() + this.#blocks.push(event)
    return ''
  }

  finish(): string {
    const open = this.#start() + this.#blocks.finish()
    const stop = this.#stop ?? 'end'
    const type = stop === 'length' || stop === 'refusal' ? 'response.incomplete' : 'response.completed'
    const response = responseObject(this.#head, { stop, usage: this.#usage, output: this.#output })
    return open + this.#frame(type, { response })
  }

  #start(): string {
    if (this.#started) return ''
    this.#started = true
    const response = responseObject(this.#head, null)
    return this.#frame('response.created', { response }) + this.#frame('response.in_progress', { response })
  }

  #open(block: Block, index: number): string {
    const item = { ...this.#item(block, index, ''), status: 'in_progress' }
    const empty =
      block.kind === 'text' ? { content: [] } : block.kind === 'thinking' ? { summary: [] } : { arguments: '' }
    const added = this.#frame('response.output_item.added', { output_index: index, item: { ...item, ...empty } })
    if (block.kind === 'tool') return added
    const type = block.kind === 'text' ? 'response.content_part.added' : 'response.reasoning_summary_part.added'
    return added + this.#frame(type, { ...this.#place(block, index), part: partOf(block, '') })
  }

  #delta(block: Block, index: number, delta: string): string {
    return this.#frame(`${eventOf(block)}.delta`, { ...this.#place(block, index), delta, ...logprobsOf(block) })
  }

  #close(block: Block, index: number, whole: string): string {
    const place = this.#place(block, index)
    const item = this.#item(block, index, whole)
    this.#output.push(item)
    const last = () => this.#frame('response.output_item.done', { output_index: index, item })
    if (block.kind === 'tool') {
      const given = { ...place, name: block.name, arguments: whole || '{}' }
      return this.#frame(`${eventOf(block)}.done`, given) + last()
    }
    const type = block.kind === 'text' ? 'response.content_part.done' : 'response.reasoning_summary_part.done'
    const said = this.#frame(`${eventOf(block)}.done`, { ...place, text: whole, ...logprobsOf(block) })
    return said + this.#frame(type, { ...place, part: partOf(block, whole) }) + last()
  }

  #item(block: Block, index: number, whole: string): object {
    const id = `${this.#head.id}_${index}`
    if (block.kind === 'text') return messageItem(id, whole)
    return block.kind === 'thinking' ? reasoningItem(id, whole) : callItem(id, block.id, block.name, whole || '{}')
  }

  #place(block: Block, index: number): object {
    const prefix = block.kind === 'text' ? 'msg_' : block.kind === 'thinking' ? 'rs_' : 'fc_'
    const place = { item_id: `${prefix}${this.#head.id}_${index}`, output_index: index }
    if (block.kind === 'text') return { ...place, content_index: 0 }
    return block.kind === 'thinking' ? { ...place, summary_index: 0 } : place
  }

  #frame(type: string, fields: object): string {
    return namedFrame(type, { sequence_number: this.#sequence++, ...fields })
  }
}

function eventOf(block: Block): string {
  if (block.kind === 'text') return 'response.output_text'
  return block.kind === 'thinking' ? 'response.reasoning_summary_text' : 'response.function_call_arguments'
}

function partOf(block: Block, text: string): object {
  return block.kind === 'text'
    ? { type: 'output_text', text, annotations: [], logprobs: [] }
    : { type: 'summary_text', text }
}

function logprobsOf(block: Block): object {
  return block.kind === 'text' ? { logprobs: [] } : {}
}
