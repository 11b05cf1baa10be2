import { normalizeOpenAiUsage } from '#core/pricing/normalize-openai.ts'
import { fieldsIn, itemsIn, numberIn, objectsIn, textIn, UnknownContentError } from '../answer-fields.ts'
import { movedCitation, readAnnotations } from '../citations.ts'
import type { EventReader, StreamEvent } from '../conversation.ts'
import { proofIn } from '../thinking-proof.ts'
import { stopOfResponse } from './answer.ts'

const ITEMS = new Set<unknown>(['message', 'function_call', 'custom_tool_call', 'reasoning'])

/** Reads response events. Protocol: OpenAI API reference, "Responses: streaming events". */
export class ResponsesEventReader implements EventReader {
  readonly #tools = new Set<number>()
  #called = false
  /** Characters of text so far, and before the part that is open. */
  #said = 0
  #saidBefore = 0

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
      case 'response.content_part.added':
        this.#saidBefore = this.#said
        return []
      case 'response.output_text.delta':
        return [this.#readText(event)]
      case 'response.output_text.annotation.added':
        return readAnnotations([event.annotation]).map(citation => ({
          type: 'citation',
          citation: movedCitation(citation, this.#saidBefore),
        }))
      case 'response.refusal.delta':
        return [{ type: 'refusal', text: textIn(event.delta) }]
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return [{ type: 'thinking', text: textIn(event.delta) }]
      case 'response.reasoning_summary_part.added':
        return numberIn(event.summary_index) > 0 ? [{ type: 'thinking', text: '\n' }] : []
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        return [{ type: 'toolArguments', index, text: textIn(event.delta) }]
      case 'response.output_item.done':
        return this.#endItem(index, fieldsIn(event.item))
      case 'response.completed':
      case 'response.incomplete':
        return this.#readEnd(fieldsIn(event.response))
      case 'response.failed':
      case 'response.cancelled':
        throw new SyntaxError('the response failed')
      default:
        // What else comes repeats what was told, or belongs to an item that was refused when it was added.
        if (textIn(event.type).endsWith('.delta')) throw new UnknownContentError(textIn(event.type))
        return []
    }
  }

  #readText(event: Record<string, unknown>): StreamEvent {
    const [text, logprobs] = [textIn(event.delta), itemsIn(event.logprobs)]
    this.#said += text.length
    return logprobs ? { type: 'text', text, logprobs } : { type: 'text', text }
  }

  #readItem(index: number, item: Record<string, unknown>): StreamEvent[] {
    if (!ITEMS.has(item.type)) throw new UnknownContentError(textIn(item.type))
    const custom = item.type === 'custom_tool_call'
    if (item.type !== 'function_call' && !custom) return []
    this.#tools.add(index)
    this.#called = true
    const [id, name] = [textIn(item.call_id), textIn(item.name)]
    return [{ type: 'toolStart', index, id, name, ...(custom && { custom }) }]
  }

  #endItem(index: number, item: Record<string, unknown>): StreamEvent[] {
    const proof = item.type === 'reasoning' ? proofIn(textIn(item.encrypted_content)) : null
    if (proof) return [{ type: 'thinkingProof', proof }]
    return this.#tools.delete(index) ? [{ type: 'toolEnd', index }] : []
  }

  #readEnd(response: Record<string, unknown>): StreamEvent[] {
    for (const { type } of objectsIn(response.output)) {
      if (!ITEMS.has(type)) throw new UnknownContentError(textIn(type))
    }
    const reason = stopOfResponse(response, this.#called)
    const usage = normalizeOpenAiUsage(response.usage)
    const stop: StreamEvent = { type: 'stop', reason, stopSequence: null }
    return usage ? [stop, { type: 'usage', usage }] : [stop]
  }
}
