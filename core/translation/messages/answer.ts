import { normalizeAnthropicUsage } from '#core/pricing/normalize-anthropic.ts'
import { answerId, fieldsIn, objectsIn, textIn } from '../answer-fields.ts'
import type { Answer, Part, StopReason } from '../conversation.ts'
import { messagesUsage } from '../usage.ts'

const REASONS: Readonly<Record<StopReason, string>> = {
  end: 'end_turn',
  stopSequence: 'stop_sequence',
  length: 'max_tokens',
  toolCalls: 'tool_use',
  refusal: 'refusal',
}

/** Usage of a message whose provider has reported none yet: the shape demands numbers. */
export const UNREPORTED_USAGE = { input_tokens: 0, output_tokens: 0 }

/** The stop reason of messages. */
export function stopReason(reason: StopReason): string {
  return REASONS[reason]
}

/** What a stop reason means. */
export function stopOfReason(reason: unknown): StopReason {
  if (reason === 'max_tokens' || reason === 'model_context_window_exceeded') return 'length'
  if (reason === 'tool_use') return 'toolCalls'
  if (reason === 'stop_sequence') return 'stopSequence'
  return reason === 'refusal' ? 'refusal' : 'end'
}

/** Reads a message. Throws SyntaxError when it is none. */
export function readMessagesAnswer(body: unknown): Answer {
  const answer = fieldsIn(body)
  if (!Array.isArray(answer.content)) throw new SyntaxError('no content')
  return {
    id: textIn(answer.id),
    model: textIn(answer.model),
    created: Math.floor(Date.now() / 1000),
    parts: objectsIn(answer.content).flatMap(partOf),
    stop: stopOfReason(answer.stop_reason),
    stopSequence: textIn(answer.stop_sequence) || null,
    usage: normalizeAnthropicUsage(answer.usage),
  }
}

function partOf(block: Record<string, unknown>): Part[] {
  if (block.type === 'text') return [{ type: 'text', text: textIn(block.text) }]
  if (block.type === 'thinking') return [{ type: 'thinking', text: textIn(block.thinking) }]
  if (block.type !== 'tool_use') return []
  const text = JSON.stringify(block.input ?? {})
  return [{ type: 'toolCall', id: textIn(block.id), name: textIn(block.name), arguments: text }]
}

/** Writes a message. Throws SyntaxError when the arguments of a call are no JSON. */
export function writeMessagesAnswer(answer: Answer): object {
  return {
    id: answerId('msg_', answer.id),
    type: 'message',
    role: 'assistant',
    model: answer.model,
    content: answer.parts.flatMap(blockOf),
    stop_reason: stopReason(answer.stop),
    stop_sequence: answer.stopSequence,
    usage: answer.usage ? messagesUsage(answer.usage) : UNREPORTED_USAGE,
  }
}

function blockOf(part: Part): object[] {
  if (part.type === 'text') return [{ type: 'text', text: part.text }]
  if (part.type === 'thinking') return [{ type: 'thinking', thinking: part.text, signature: '' }]
  if (part.type !== 'toolCall') return []
  return [{ type: 'tool_use', id: part.id, name: part.name, input: JSON.parse(part.arguments || '{}') }]
}
