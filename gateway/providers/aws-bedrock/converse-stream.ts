import { newId } from '#core/ids.ts'
import { fieldsIn, numberIn, textIn, UnknownContentError } from '#core/translation/answer-fields.ts'
import type { StreamEvent } from '#core/translation/conversation.ts'
import { converseUsage, stopOfConverse } from './converse-answer.ts'

/** Reads the events of ConverseStream (Bedrock API reference, "ConverseStream"), whose last is `metadata`. */
export class ConverseEventReader {
  readonly #model: string
  readonly #tools = new Set<number>()
  #stopped = false
  /** Whether the last event has come. */
  ended = false

  constructor(model: string) {
    this.#model = model
  }

  /** The events in one of Bedrock's. Throws SyntaxError when it is not what the protocol allows. */
  read(type: string, event: Record<string, unknown>): StreamEvent[] {
    const index = numberIn(event.contentBlockIndex)
    switch (type) {
      case 'messageStart': {
        const created = Math.floor(Date.now() / 1000)
        return [{ type: 'start', id: newId(), model: this.#model, created, usage: null }]
      }
      case 'contentBlockStart':
        return this.#readBlock(index, event.start ? fieldsIn(event.start) : {})
      case 'contentBlockDelta':
        return readDelta(index, fieldsIn(event.delta))
      case 'contentBlockStop':
        return this.#tools.delete(index) ? [{ type: 'toolEnd', index }] : []
      case 'messageStop':
        this.#stopped = true
        return [{ type: 'stop', reason: stopOfConverse(event.stopReason), stopSequence: null }]
      case 'metadata':
        return this.#readEnd(event)
      default:
        return []
    }
  }

  #readBlock(index: number, start: Record<string, unknown>): StreamEvent[] {
    const [kind] = Object.keys(start)
    if (kind === undefined) return []
    if (!start.toolUse) throw new UnknownContentError(kind)
    const { toolUseId, name } = fieldsIn(start.toolUse)
    this.#tools.add(index)
    return [{ type: 'toolStart', index, id: textIn(toolUseId), name: textIn(name) }]
  }

  #readEnd(event: Record<string, unknown>): StreamEvent[] {
    if (!this.#stopped) throw new SyntaxError('metadata before the message has stopped')
    this.ended = true
    const usage = converseUsage(event.usage)
    return usage ? [{ type: 'usage', usage }] : []
  }
}

function readDelta(index: number, delta: Record<string, unknown>): StreamEvent[] {
  if (typeof delta.text === 'string') return delta.text ? [{ type: 'text', text: delta.text }] : []
  if (delta.toolUse) return [{ type: 'toolArguments', index, text: textIn(fieldsIn(delta.toolUse).input) }]
  if (!delta.reasoningContent) throw new UnknownContentError(Object.keys(delta)[0] ?? '')
  const text = textIn(fieldsIn(delta.reasoningContent).text)
  return text ? [{ type: 'thinking', text }] : []
}
