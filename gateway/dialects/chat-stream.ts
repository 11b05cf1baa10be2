import type { StreamedAnswer } from '#gateway/content/streamed-answer.ts'
import { type FrameVerdict, lengthOf, objectFrom, type StreamReader } from './stream-reader.ts'

interface ChatDelta {
  content?: unknown
  refusal?: unknown
  reasoning_content?: unknown
  tool_calls?: { index?: unknown; id?: unknown; function?: { name?: unknown; arguments?: unknown } }[]
}

interface ChatChoice {
  index?: number
  delta?: ChatDelta
  finish_reason?: unknown
}

const DONE = Buffer.from('data: [DONE]\n\n')

/** A stream of chat completion chunks (OpenAI API reference, "Streaming"), ended by `[DONE]`. */
export class ChatStream implements StreamReader {
  usage: unknown = null
  generated = 0
  complete = false
  kept: StreamedAnswer | null = null
  readonly ending = DONE
  readonly #wantsUsage: boolean

  /** `wantsUsage`: whether the client asked for the usage chunk; if not, it is dropped. */
  constructor(wantsUsage: boolean) {
    this.#wantsUsage = wantsUsage
  }

  read(data: string): FrameVerdict {
    if (data === '[DONE]') return 'end'
    const chunk = objectFrom(data)
    if (chunk.error !== undefined && chunk.error !== null) return 'error'
    if (chunk.usage !== undefined && chunk.usage !== null) this.usage = chunk.usage
    if (!Array.isArray(chunk.choices) || chunk.choices.length === 0) {
      return chunk.usage && !this.#wantsUsage ? 'drop' : 'pass'
    }
    for (const choice of chunk.choices as ChatChoice[]) {
      if (choice?.finish_reason) this.complete = true
      if (!choice?.delta) continue
      this.generated += deltaLength(choice.delta)
      if (this.kept) keepDelta(this.kept, choice.delta, choice.index)
    }
    return 'pass'
  }
}

function deltaLength(delta: ChatDelta): number {
  let length = lengthOf(delta.content) + lengthOf(delta.refusal) + lengthOf(delta.reasoning_content)
  if (Array.isArray(delta.tool_calls)) {
    for (const call of delta.tool_calls) length += lengthOf(call?.function?.name) + lengthOf(call?.function?.arguments)
  }
  return length
}

function keepDelta(kept: StreamedAnswer, delta: ChatDelta, choice = 0): void {
  kept.text('thinking', delta.reasoning_content, choice)
  kept.text('text', delta.content, choice)
  kept.text('refusal', delta.refusal, choice)
  if (!Array.isArray(delta.tool_calls)) return
  for (const [at, call] of delta.tool_calls.entries()) {
    const place = call?.index ?? at
    // Only a call's first chunk names it.
    if (call?.function?.name) kept.toolCall(place, call.id, call.function.name, choice)
    kept.toolArguments(place, call?.function?.arguments, choice)
  }
}
