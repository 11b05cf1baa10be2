import { normalizeOpenAiUsage } from '#core/pricing/normalize-openai.ts'
import type { TokenUsage } from '#core/pricing/token-usage.ts'
import { answerId, fieldsIn, numberIn, objectsIn, textIn } from '../answer-fields.ts'
import type { EventReader, EventWriter, StopReason, StreamEvent } from '../conversation.ts'
import { chatUsage } from '../usage.ts'
import { finishReason, stopOfFinish } from './answer.ts'

/** Reads chat completion chunks. Protocol: OpenAI API reference, "Streaming events" of chat completions. */
export class ChatEventReader implements EventReader {
  #started = false
  readonly #tools = new Set<number>()

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
      if (choice.delta) this.#readDelta(fieldsIn(choice.delta), events)
      if (choice.finish_reason) {
        events.push({ type: 'stop', reason: stopOfFinish(choice.finish_reason), stopSequence: null })
      }
    }
    const usage = normalizeOpenAiUsage(chunk.usage)
    if (usage) events.push({ type: 'usage', usage })
    return events
  }

  #readDelta(delta: Record<string, unknown>, events: StreamEvent[]): void {
    const thinking = textIn(delta.reasoning_content)
    if (thinking) events.push({ type: 'thinking', text: thinking })
    const text = textIn(delta.content) + textIn(delta.refusal)
    if (text) events.push({ type: 'text', text })
    for (const call of objectsIn(delta.tool_calls)) {
      const index = numberIn(call.index)
      const called = call.function ? fieldsIn(call.function) : {}
      if (!this.#tools.has(index)) {
        this.#tools.add(index)
        events.push({ type: 'toolStart', index, id: textIn(call.id), name: textIn(called.name) })
      }
      const piece = textIn(called.arguments)
      if (piece) events.push({ type: 'toolArguments', index, text: piece })
    }
  }
}

/** Writes chat completion chunks, ended by `[DONE]`. */
export class ChatEventWriter implements EventWriter {
  readonly #wantsUsage: boolean
  #head = { id: 'chatcmpl-', object: 'chat.completion.chunk', created: 0, model: '' }
  #started = false
  /** Chat counts tool calls from 0; other dialects count all blocks. */
  readonly #tools = new Map<number, { at: number; pieces: number; ended: boolean }>()
  #calls = 0
  #stop: StopReason | null = null
  #usage: TokenUsage | null = null

  /** `wantsUsage`: whether the client asked for the usage chunk. */
  constructor(wantsUsage: boolean) {
    this.#wantsUsage = wantsUsage
  }

  write(event: StreamEvent): string {
    switch (event.type) {
      case 'start':
        if (this.#started) return ''
        this.#head = { ...this.#head, id: answerId('chatcmpl-', event.id), created: event.created, model: event.model }
        return this.#start()
      case 'text':
        return this.#start() + this.#chunk({ content: event.text })
      case 'thinking':
        return this.#start() + this.#chunk({ reasoning_content: event.text })
      case 'toolStart': {
        const tool = { at: this.#calls++, pieces: 0, ended: false }
        this.#tools.set(event.index, tool)
        const called = { name: event.name, arguments: '' }
        return this.#start() + this.#toolChunk({ index: tool.at, id: event.id, type: 'function', function: called })
      }
      case 'toolArguments': {
        const tool = this.#openTool(event.index)
        tool.pieces++
        return this.#toolChunk({ index: tool.at, function: { arguments: event.text } })
      }
      case 'toolEnd':
        return this.#endTool(this.#openTool(event.index))
      case 'stop':
        this.#stop = event.reason
        return ''
      case 'usage':
        this.#usage = event.usage
        return ''
    }
  }

  finish(): string {
    let out = this.#start()
    for (const tool of this.#tools.values()) if (!tool.ended) out += this.#endTool(tool)
    const reason = finishReason(this.#stop ?? (this.#calls > 0 ? 'toolCalls' : 'end'))
    out += this.#chunk({}, reason)
    if (this.#wantsUsage && this.#usage) out += this.#frame({ choices: [], usage: chatUsage(this.#usage) })
    return `${out}data: [DONE]\n\n`
  }

  #start(): string {
    if (this.#started) return ''
    this.#started = true
    return this.#chunk({ role: 'assistant', content: '' })
  }

  #openTool(index: number): { at: number; pieces: number; ended: boolean } {
    const tool = this.#tools.get(index)
    if (!tool || tool.ended) throw new SyntaxError('a piece of a tool call that is not open')
    return tool
  }

  /** A call without arguments is one with an empty object of them. */
  #endTool(tool: { at: number; pieces: number; ended: boolean }): string {
    tool.ended = true
    return tool.pieces > 0 ? '' : this.#toolChunk({ index: tool.at, function: { arguments: '{}' } })
  }

  #toolChunk(call: object): string {
    return this.#chunk({ tool_calls: [call] })
  }

  #chunk(delta: object, finish: string | null = null): string {
    return this.#frame({ choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] })
  }

  #frame(fields: object): string {
    const usage = this.#wantsUsage ? { usage: null } : {}
    return `data: ${JSON.stringify({ ...this.#head, ...usage, ...fields })}\n\n`
  }
}
