import { normalizeOpenAiUsage } from '#core/pricing/normalize-openai.ts'
import { argumentsIn, fieldsIn, itemsIn, numberIn, objectsIn, textIn, UnknownContentError } from '../answer-fields.ts'
import { givenCallId } from '../carried-ids.ts'
import { readAnnotations } from '../citations.ts'
import type { EventReader, StreamEvent } from '../conversation.ts'
import { piecesOf, refuseUnknownContent, stopOfFinish, thoughtOf } from './answer.ts'

/** Reads chat completion chunks. Protocol: OpenAI API reference, "Streaming events" of chat completions. */
export class ChatEventReader implements EventReader {
  #started = false
  /** The last call of each index that the provider gives, under its own id and the index that it has here. */
  readonly #calls = new Map<number, { id: string; index: number }>()
  #called = 0

  read(data: string): StreamEvent[] {
    if (data === '[DONE]') return []
    const chunk = fieldsIn(JSON.parse(data))
    const events: StreamEvent[] = []
    if (!this.#started) {
      this.#started = true
      const [id, model, created] = [textIn(chunk.id), textIn(chunk.model), numberIn(chunk.created)]
      events.push({ type: 'start', id, model, created, usage: null })
    }
    for (const choice of objectsIn(chunk.choices)) {
      if (numberIn(choice.index) !== 0) continue
      this.#readChoice(choice, events)
      if (choice.finish_reason) {
        const reason = stopOfFinish(choice.finish_reason, this.#called > 0)
        events.push({ type: 'stop', reason, stopSequence: null })
      }
      addUsage(events, choice.usage)
    }
    addUsage(events, chunk.usage)
    return events
  }

  #readChoice(choice: Record<string, unknown>, events: StreamEvent[]): void {
    const delta = choice.delta ? fieldsIn(choice.delta) : {}
    refuseUnknownContent(delta)
    const thought = thoughtOf(delta)
    if (thought) events.push({ type: 'thinking', text: thought })
    const logprobs = choice.logprobs ? itemsIn(fieldsIn(choice.logprobs).content) : undefined
    const pieces = piecesOf(delta.content)
    for (const [at, { type, text }] of pieces.entries()) {
      events.push(type === 'text' && logprobs && at === pieces.length - 1 ? { type, text, logprobs } : { type, text })
    }
    if (pieces.length === 0 && logprobs) events.push({ type: 'text', text: '', logprobs })
    if (textIn(delta.refusal)) events.push({ type: 'refusal', text: textIn(delta.refusal) })
    for (const citation of readAnnotations(delta.annotations)) events.push({ type: 'citation', citation })
    for (const call of objectsIn(delta.tool_calls)) this.#readCall(call, events)
  }

  #readCall(call: Record<string, unknown>, events: StreamEvent[]): void {
    const type = call.type ?? (call.custom ? 'custom' : 'function')
    if (type !== 'function' && type !== 'custom') throw new UnknownContentError(textIn(type))
    const place = numberIn(call.index)
    const called = call[type] ? fieldsIn(call[type]) : {}
    const [id, name] = [textIn(call.id), textIn(called.name)]
    let open = this.#calls.get(place)
    // Gemini's endpoint gives every call of an answer the index 0.
    if (!open || (name !== '' && id !== '' && id !== open.id)) {
      open = { id, index: this.#called++ }
      this.#calls.set(place, open)
      const custom = type === 'custom' && { custom: true as const }
      events.push({ type: 'toolStart', index: open.index, id: givenCallId(id), name, ...custom })
    }
    const piece = type === 'custom' ? textIn(called.input) : argumentsIn(called.arguments)
    if (piece) events.push({ type: 'toolArguments', index: open.index, text: piece })
  }
}

/** Usage stands beside the choices; Moonshot has it in the last of them. */
function addUsage(events: StreamEvent[], told: unknown): void {
  const usage = normalizeOpenAiUsage(told)
  if (usage) events.push({ type: 'usage', usage })
}
