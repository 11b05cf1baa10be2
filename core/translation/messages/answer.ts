import { normalizeAnthropicUsage } from '#core/pricing/normalize-anthropic.ts'
import { answerId, fieldsIn, objectsIn, textIn, UnknownContentError } from '../answer-fields.ts'
import { messageCitation, readMessageCitations } from '../citations.ts'
import type { Answer, Part, StopReason } from '../conversation.ts'
import { messagesUsage } from '../usage.ts'

const REASONS: Readonly<Record<StopReason, string>> = {
  end: 'end_turn',
  stopSequence: 'stop_sequence',
  length: 'max_tokens',
  toolCalls: 'tool_use',
  refusal: 'refusal',
  pause: 'pause_turn',
}

const MEANINGS: Readonly<Record<string, StopReason>> = {
  end_turn: 'end',
  stop_sequence: 'stopSequence',
  tool_use: 'toolCalls',
  refusal: 'refusal',
  pause_turn: 'pause',
}

/** Usage of a message whose provider has reported none yet: the shape demands numbers. */
export const UNREPORTED_USAGE = { input_tokens: 0, output_tokens: 0 }

/** The stop reason of messages. An answer that says no is one, whatever ended it. */
export function stopReason(reason: StopReason, refused: boolean): string {
  return refused && reason === 'end' ? 'refusal' : REASONS[reason]
}

/** What a stop reason means. One that is not known did not end the answer as it should: it may be cut. */
export function stopOfReason(reason: unknown): StopReason {
  return MEANINGS[textIn(reason) || 'end_turn'] ?? 'length'
}

/** Reads a message. Throws SyntaxError when it is none. */
export function readMessagesAnswer(body: unknown): Answer {
  const answer = fieldsIn(body)
  if (!Array.isArray(answer.content)) throw new SyntaxError('no content')
  return {
    id: textIn(answer.id),
    model: textIn(answer.model),
    created: Math.floor(Date.now() / 1000),
    parts: objectsIn(answer.content).map(partOf),
    stop: stopOfReason(answer.stop_reason),
    stopSequence: textIn(answer.stop_sequence) || null,
    usage: normalizeAnthropicUsage(answer.usage),
  }
}

function partOf(block: Record<string, unknown>): Part {
  switch (block.type) {
    case 'text': {
      const text = textIn(block.text)
      const citations = readMessageCitations(block.citations, text.length)
      return { type: 'text', text, ...(citations.length > 0 && { citations }) }
    }
    case 'thinking': {
      const signature = textIn(block.signature)
      const proof = signature ? { kind: 'signature' as const, value: signature } : null
      return { type: 'thinking', text: textIn(block.thinking), proof }
    }
    case 'redacted_thinking':
      return { type: 'thinking', text: '', proof: { kind: 'redacted', value: textIn(block.data) } }
    case 'tool_use': {
      const text = JSON.stringify(block.input ?? {})
      return { type: 'toolCall', id: textIn(block.id), name: textIn(block.name), arguments: text }
    }
    default:
      throw new UnknownContentError(textIn(block.type))
  }
}

/** Writes a message. Throws SyntaxError when the arguments of a call are no JSON object. */
export function writeMessagesAnswer(answer: Answer): object {
  return {
    id: answerId('msg_', answer.id),
    type: 'message',
    role: 'assistant',
    model: answer.model,
    content: answer.parts.flatMap(part => blockOf(part, answer.stop)),
    stop_reason: stopReason(
      answer.stop,
      answer.parts.some(part => part.type === 'refusal'),
    ),
    stop_sequence: answer.stopSequence,
    usage: answer.usage ? messagesUsage(answer.usage) : UNREPORTED_USAGE,
  }
}

function blockOf(part: Part, stop: StopReason): object[] {
  switch (part.type) {
    case 'text': {
      const citations = (part.citations ?? []).map(citation =>
        messageCitation(citation, part.text.slice(citation.start, citation.end)),
      )
      return [{ type: 'text', text: part.text, ...(citations.length > 0 && { citations }) }]
    }
    case 'refusal':
      return [{ type: 'text', text: part.text }]
    case 'thinking':
      if (part.proof?.kind === 'redacted') return [{ type: 'redacted_thinking', data: part.proof.value }]
      return [{ type: 'thinking', thinking: part.text, signature: part.proof?.value ?? '' }]
    case 'toolCall':
      return [{ type: 'tool_use', id: part.id, name: part.name, input: inputOf(part.arguments, stop) }]
    default:
      return []
  }
}

/** The limit may have cut the arguments off: the stop reason says so, and there is nothing to call with. */
function inputOf(text: string, stop: StopReason): object {
  try {
    return fieldsIn(JSON.parse(text || '{}'))
  } catch (error) {
    if (stop === 'length') return {}
    throw error
  }
}
