import { newId } from '#core/ids.ts'
import type { TokenUsage } from '#core/pricing/token-usage.ts'
import { fieldsIn, objectsIn, textIn, UnknownContentError } from '#core/translation/answer-fields.ts'
import type { Answer, Part, StopReason } from '#core/translation/conversation.ts'

const MEANINGS: Readonly<Record<string, StopReason>> = {
  end_turn: 'end',
  stop_sequence: 'stopSequence',
  tool_use: 'toolCalls',
  guardrail_intervened: 'refusal',
  content_filtered: 'refusal',
}

/** What a stop reason of Converse means. One that is not known did not end the answer as it should: it may be cut. */
export function stopOfConverse(reason: unknown): StopReason {
  return MEANINGS[textIn(reason) || 'end_turn'] ?? 'length'
}

/** Reads an answer of Converse, which has neither an id nor a model of its own. Throws SyntaxError when it is none. */
export function readConverseAnswer(answer: Record<string, unknown>, model: string): Answer {
  const message = fieldsIn(fieldsIn(answer.output).message)
  return {
    id: newId(),
    model,
    created: Math.floor(Date.now() / 1000),
    parts: objectsIn(message.content).flatMap(partOf),
    stop: stopOfConverse(answer.stopReason),
    stopSequence: null,
    usage: converseUsage(answer.usage),
  }
}

function partOf(block: Record<string, unknown>): Part[] {
  if (typeof block.text === 'string') return [{ type: 'text', text: block.text }]
  if (block.toolUse) {
    const { toolUseId, name, input } = fieldsIn(block.toolUse)
    const text = JSON.stringify(input ?? {})
    return [{ type: 'toolCall', id: textIn(toolUseId), name: textIn(name), arguments: text }]
  }
  if (!block.reasoningContent) throw new UnknownContentError(Object.keys(block)[0] ?? '')
  const { reasoningText } = fieldsIn(block.reasoningContent)
  return reasoningText ? [{ type: 'thinking', text: textIn(fieldsIn(reasoningText).text), proof: null }] : []
}

/** Token counts of Converse, whose input leaves cached tokens out; null when they are absent or impossible. */
export function converseUsage(value: unknown): TokenUsage | null {
  if (typeof value !== 'object' || value === null) return null
  const usage = value as Record<string, unknown>
  const [input, output] = [count(usage.inputTokens), count(usage.outputTokens)]
  const [cachedInput, written] = [count(usage.cacheReadInputTokens ?? 0), count(usage.cacheWriteInputTokens ?? 0)]
  if (input === null || output === null || cachedInput === null || written === null) return null
  return { input, cachedInput, cacheWrite5m: written, cacheWrite1h: 0, output, reasoning: 0 }
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}
