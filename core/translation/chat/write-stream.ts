import type { TokenUsage } from '#core/pricing/token-usage.ts'
import { answerId } from '../answer-fields.ts'
import { chatAnnotation } from '../citations.ts'
import type { EventWriter, StopReason, StreamEvent } from '../conversation.ts'
import { chatUsage } from '../usage.ts'
import { finishReason } from './answer.ts'

interface OpenCall {
  /** Chat counts tool calls from 0; other dialects count all blocks. */
  readonly at: number
  readonly custom: boolean
  pieces: number
  ended: boolean
}

/** Writes chat completion chunks, ended by `[DONE]`. */
export class ChatEventWriter implements EventWriter {
  written = 0
  readonly #wantsUsage: boolean
  #head = { id: 'chatcmpl-', object: 'chat.completion.chunk', created: 0, model: '' }
  #started = false
  readonly #tools = new Map<number, OpenCall>()
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
        return event.text === '' && !event.logprobs
          ? ''
          : this.#start() + this.#chunk({ content: event.text }, null, event.logprobs)
      case 'refusal':
        return this.#start() + this.#chunk({ refusal: event.text })
      case 'thinking':
        return this.#start() + this.#chunk({ reasoning_content: event.text })
      case 'citation':
        return this.#start() + this.#chunk({ annotations: [chatAnnotation(event.citation)] })
      case 'toolStart':
        return this.#start() + this.#startTool(event)
      case 'toolArguments': {
        const tool = this.#openTool(event.index)
        tool.pieces++
        const given = tool.custom ? { custom: { input: event.text } } : { function: { arguments: event.text } }
        return this.#toolChunk({ index: tool.at, ...given })
      }
      case 'toolEnd':
        return this.#endTool(this.#openTool(event.index))
      case 'stop':
        this.#stop = event.reason
        return ''
      case 'usage':
        this.#usage = event.usage
        return ''
      // Chat completions have no place for the signature of a thought.
      case 'thinkingProof':
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

  #startTool({ index, id, name, custom }: StreamEvent & { type: 'toolStart' }): string {
    const tool = { at: this.#calls++, custom: custom === true, pieces: 0, ended: false }
    this.#tools.set(index, tool)
    if (custom) return this.#toolChunk({ index: tool.at, id, type: 'custom', custom: { name, input: '' } })
    return this.#toolChunk({ index: tool.at, id, type: 'function', function: { name, arguments: '' } })
  }

  #openTool(index: number): OpenCall {
    const tool = this.#tools.get(index)
    if (!tool || tool.ended) throw new SyntaxError('a piece of a tool call that is not open')
    return tool
  }

  /** A call without arguments is one with an empty object of them. */
  #endTool(tool: OpenCall): string {
    tool.ended = true
    return tool.pieces > 0 || tool.custom ? '' : this.#toolChunk({ index: tool.at, function: { arguments: '{}' } })
  }

  #toolChunk(call: object): string {
    return this.#chunk({ tool_calls: [call] })
  }

  #chunk(delta: object, finish: string | null = null, logprobs?: unknown[]): string {
    const told = logprobs ? { content: logprobs, refusal: null } : null
    return this.#frame({ choices: [{ index: 0, delta, logprobs: told, finish_reason: finish }] })
  }

  #frame(fields: object): string {
    this.written++
    const usage = this.#wantsUsage ? { usage: null } : {}
    return `data: ${JSON.stringify({ ...this.#head, ...usage, ...fields })}\n\n`
  }
}
