import type { StreamedAnswer } from '#gateway/content/streamed-answer.ts'
import { type FrameVerdict, lengthOf, objectFrom, type StreamReader } from './stream-reader.ts'

interface ChatDelta {
  content?: unknown
  refusal?: unknown
  /** What the model thought, by either name that servers give it. */
  reasoning_content?: unknown
  reasoning?: unknown
  tool_calls?: ChatCall[]
  function_call?: { arguments?: unknown }
}

/** Of a function with arguments, or of a custom tool with its input. */
interface ChatCall {
  index?: unknown
  id?: unknown
  function?: { name?: unknown; arguments?: unknown }
  custom?: { name?: unknown; input?: unknown }
}

/** Of a chat completion with a delta, of a completion with its text. */
interface Choice {
  index?: unknown
  delta?: ChatDelta
  text?: unknown
  finish_reason?: unknown
  usage?: unknown
}

const DONE = Buffer.from('data: [DONE]\n\n')

/** A stream of chat completion or completion chunks (OpenAI API reference, "Streaming"), ended by `[DONE]`. */
export class ChatStream implements StreamReader {
  event: Record<string, unknown> | null = null
  usage: unknown = null
  generated = 0
  kept: StreamedAnswer | null = null
  readonly next = 0
  readonly ending = DONE
  readonly #wantsUsage: boolean
  readonly #choices: number
  readonly #finished = new Set<unknown>()
  /** Where the last call of each index is kept. */
  readonly #places = new Map<string, string>()

  /**
   * @param wantsUsage whether the client asked for the usage chunk; if not, it is dropped
   * @param choices how many choices the stream carries: it is complete when each has its finish reason
   */
  constructor(wantsUsage: boolean, choices: number) {
    this.#wantsUsage = wantsUsage
    this.#choices = choices
  }

  get complete(): boolean {
    return this.#finished.size >= this.#choices
  }

  read(data: string): FrameVerdict {
    this.event = null
    if (data === '[DONE]') return 'end'
    const chunk = objectFrom(data)
    this.event = chunk
    // vLLM tells an error at the top, as an object of its own kind.
    if ((chunk.error !== undefined && chunk.error !== null) || chunk.object === 'error') return 'error'
    if (chunk.usage !== undefined && chunk.usage !== null) this.usage = chunk.usage
    if (!Array.isArray(chunk.choices) || chunk.choices.length === 0) {
      return chunk.usage && !this.#wantsUsage ? 'drop' : 'pass'
    }
    for (const choice of chunk.choices as Choice[]) {
      if (choice?.finish_reason) {
        this.#finished.add(choice.index ?? 0)
        // Moonshot tells the usage in the last choice.
        this.usage ??= choice.usage ?? null
      }
      if (choice?.delta) this.generated += deltaLength(choice.delta)
      else this.generated += lengthOf(choice?.text)
      if (this.kept) keepChoice(this.kept, choice, this.#places)
    }
    return 'pass'
  }
}

function deltaLength(delta: ChatDelta): number {
  let length = lengthOf(delta.content) + lengthOf(delta.refusal) + lengthOf(thoughtOf(delta))
  length += lengthOf(delta.function_call?.arguments)
  if (Array.isArray(delta.tool_calls)) {
    for (const call of delta.tool_calls) length += lengthOf(nameOf(call)) + lengthOf(inputOf(call))
  }
  return length
}

function thoughtOf(delta: ChatDelta): unknown {
  return delta.reasoning_content || delta.reasoning
}

function nameOf(call: ChatCall | null): unknown {
  return call?.function?.name ?? call?.custom?.name
}

function inputOf(call: ChatCall | null): unknown {
  return call?.function?.arguments ?? call?.custom?.input
}

function keepChoice(kept: StreamedAnswer, { index, text, delta }: Choice, places: Map<string, string>): void {
  const choice = typeof index === 'number' ? index : 0
  kept.text('text', text, choice)
  if (!delta) return
  kept.text('thinking', thoughtOf(delta), choice)
  kept.text('text', delta.content, choice)
  kept.text('refusal', delta.refusal, choice)
  if (!Array.isArray(delta.tool_calls)) return
  for (const [at, call] of delta.tool_calls.entries()) {
    const key = `${choice} ${call?.index ?? at}`
    // Only a call's first chunk names it. Gemini's endpoint gives every call of an answer the index 0.
    if (nameOf(call)) {
      const place = `${key} ${call.id || ''}`
      places.set(key, place)
      kept.toolCall(place, call.id, nameOf(call), choice)
    }
    kept.toolArguments(places.get(key) ?? key, inputOf(call), choice)
  }
}
