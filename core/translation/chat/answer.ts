import { normalizeOpenAiUsage } from '#core/pricing/normalize-openai.ts'
import { answerId, fieldsIn, numberIn, objectsIn, textIn } from '../answer-fields.ts'
import type { Answer, Part, StopReason } from '../conversation.ts'
import { chatUsage } from '../usage.ts'

const REASONS: Readonly<Record<StopReason, string>> = {
  end: 'stop',
  stopSequence: 'stop',
  length: 'length',
  toolCalls: 'tool_calls',
  refusal: 'content_filter',
}

/** The finish reason of chat completions. */
export function finishReason(reason: StopReason): string {
  return REASONS[reason]
}

/** What a finish reason means. */
export function stopOfFinish(reason: unknown): StopReason {
  if (reason === 'length') return 'length'
  if (reason === 'tool_calls' || reason === 'function_call') return 'toolCalls'
  return reason === 'content_filter' ? 'refusal' : 'end'
}

/** Reads a chat completion. Throws SyntaxError when it is none. */
export function readChatAnswer(body: unknown): Answer {
  const answer = fieldsIn(body)
  const [choice] = objectsIn(answer.choices)
  if (!choice) throw new SyntaxError('no choice')
  const message = fieldsIn(choice.message)
  const parts: Part[] = []
  if (textIn(message.reasoning_content)) parts.push({ type: 'thinking', text: textIn(message.reasoning_content) })
  const said = textIn(message.content) + textIn(message.refusal)
  if (said) parts.push({ type: 'text', text: said })
  for (const call of objectsIn(message.tool_calls)) {
    const { name, arguments: text } = fieldsIn(call.function)
    parts.push({ type: 'toolCall', id: textIn(call.id), name: textIn(name), arguments: textIn(text) })
  }
  return {
    id: textIn(answer.id),
    model: textIn(answer.model),
    created: numberIn(answer.created),
    parts,
    stop: textIn(message.refusal) ? 'refusal' : stopOfFinish(choice.finish_reason),
    stopSequence: null,
    usage: normalizeOpenAiUsage(answer.usage),
  }
}

/** Writes a chat completion. */
export function writeChatAnswer(answer: Answer): object {
  const texts = answer.parts.flatMap(part => (part.type === 'text' ? [part.text] : []))
  const thoughts = answer.parts.flatMap(part => (part.type === 'thinking' ? [part.text] : []))
  const calls = answer.parts.flatMap(part =>
    part.type === 'toolCall'
      ? [{ id: part.id, type: 'function', function: { name: part.name, arguments: part.arguments || '{}' } }]
      : [],
  )
  const message = {
    role: 'assistant',
    content: texts.length > 0 ? texts.join('') : calls.length > 0 ? null : '',
    refusal: null,
    ...(thoughts.length > 0 && { reasoning_content: thoughts.join('') }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
  return {
    id: answerId('chatcmpl-', answer.id),
    object: 'chat.completion',
    created: answer.created,
    model: answer.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(answer.stop) }],
    ...(answer.usage && { usage: chatUsage(answer.usage) }),
  }
}
