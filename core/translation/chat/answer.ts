import { normalizeOpenAiUsage } from '#core/pricing/normalize-openai.ts'
import {
  answerId,
  argumentsIn,
  fieldsIn,
  itemsIn,
  numberIn,
  objectsIn,
  textIn,
  UnknownContentError,
} from '../answer-fields.ts'
import { givenCallId } from '../carried-ids.ts'
import { chatAnnotation, movedCitation, readAnnotations } from '../citations.ts'
import type { Answer, Part, StopReason, ToolCallPart } from '../conversation.ts'
import { chatUsage } from '../usage.ts'

const REASONS: Readonly<Record<StopReason, string>> = {
  end: 'stop',
  stopSequence: 'stop',
  length: 'length',
  toolCalls: 'tool_calls',
  refusal: 'content_filter',
  pause: 'length',
}

/** Finish reasons, those of common servers beside OpenAI's own. */
const MEANINGS: Readonly<Record<string, StopReason>> = {
  stop: 'end',
  eos: 'end',
  end_turn: 'end',
  tool_calls: 'toolCalls',
  function_call: 'toolCalls',
  content_filter: 'refusal',
}

/** The finish reason of chat completions. */
export function finishReason(reason: StopReason): string {
  return REASONS[reason]
}

/**
 * What a finish reason means. One that is not known did not end the answer as it should: it may be cut. An answer with
 * calls waits for their results, also where its reason is `stop`: so it is for a call that was forced, and at servers
 * that know no other.
 */
export function stopOfFinish(reason: unknown, called: boolean): StopReason {
  const stop = MEANINGS[textIn(reason) || 'stop'] ?? 'length'
  return stop === 'end' && called ? 'toolCalls' : stop
}

/** The texts and thoughts in the content of an answer: a text, or the parts that some servers send. */
export function piecesOf(content: unknown): { type: 'text' | 'thinking'; text: string }[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return objectsIn(content).map(part => {
    if (part.type === 'text') return { type: 'text', text: textIn(part.text) }
    if (part.type !== 'thinking') throw new UnknownContentError(textIn(part.type))
    const thought = objectsIn(part.thinking).map(one => textIn(one.text))
    return { type: 'thinking', text: thought.join('') }
  })
}

/** What the model thought, by the names that servers give it. */
export function thoughtOf(message: Record<string, unknown>): string {
  return textIn(message.reasoning_content) || textIn(message.reasoning)
}

/** Throws UnknownContentError for what a message can hold and no other dialect can. */
export function refuseUnknownContent(message: Record<string, unknown>): void {
  for (const name of ['audio', 'function_call', 'images']) {
    const value = message[name]
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue
    throw new UnknownContentError(name)
  }
}

/** Reads a chat completion. Throws SyntaxError when it is none. */
export function readChatAnswer(body: unknown): Answer {
  const answer = fieldsIn(body)
  const [choice] = objectsIn(answer.choices)
  if (!choice) throw new SyntaxError('no choice')
  const message = fieldsIn(choice.message)
  refuseUnknownContent(message)
  const parts = partsOf(choice, message)
  const called = parts.some(part => part.type === 'toolCall')
  return {
    id: textIn(answer.id),
    model: textIn(answer.model),
    created: numberIn(answer.created),
    parts,
    stop: stopOfFinish(choice.finish_reason, called),
    stopSequence: null,
    usage: normalizeOpenAiUsage(answer.usage),
  }
}

function partsOf(choice: Record<string, unknown>, message: Record<string, unknown>): Part[] {
  const parts: Part[] = []
  const thought = thoughtOf(message)
  if (thought) parts.push({ type: 'thinking', text: thought, proof: null })
  for (const { type, text } of piecesOf(message.content)) {
    parts.push(type === 'text' ? { type, text } : { type, text, proof: null })
  }
  const said = parts.find(part => part.type === 'text')
  const citations = readAnnotations(message.annotations)
  if (said && citations.length > 0) said.citations = citations
  const logprobs = choice.logprobs ? itemsIn(fieldsIn(choice.logprobs).content) : undefined
  if (said && logprobs) said.logprobs = logprobs
  if (textIn(message.refusal)) parts.push({ type: 'refusal', text: textIn(message.refusal) })
  for (const call of objectsIn(message.tool_calls)) {
    const id = givenCallId(textIn(call.id))
    if (call.custom) {
      const { name, input } = fieldsIn(call.custom)
      parts.push({ type: 'toolCall', id, name: textIn(name), arguments: textIn(input), custom: true })
      continue
    }
    if (!call.function) throw new UnknownContentError(textIn(call.type))
    const { name, arguments: text } = fieldsIn(call.function)
    parts.push({ type: 'toolCall', id, name: textIn(name), arguments: argumentsIn(text) })
  }
  return parts
}

/** A call as chat completions have it: of a custom tool with its input, of a function with `text` as its arguments. */
export function chatCall({ id, name, arguments: input, custom }: ToolCallPart, text: string): object {
  if (custom) return { id, type: 'custom', custom: { name, input } }
  return { id, type: 'function', function: { name, arguments: text } }
}

/** Writes a chat completion. */
export function writeChatAnswer(answer: Answer): object {
  let content = ''
  let [thoughts, refusal] = ['', '']
  const [annotations, logprobs, calls]: [object[], unknown[], object[]] = [[], [], []]
  for (const part of answer.parts) {
    if (part.type === 'text') {
      for (const citation of part.citations ?? [])
        annotations.push(chatAnnotation(movedCitation(citation, content.length)))
      logprobs.push(...(part.logprobs ?? []))
      content += part.text
    } else if (part.type === 'refusal') refusal += part.text
    else if (part.type === 'thinking') thoughts += part.text
    else if (part.type === 'toolCall') calls.push(chatCall(part, part.arguments || '{}'))
  }
  const message = {
    role: 'assistant',
    content: content || (calls.length > 0 || refusal ? null : ''),
    refusal: refusal || null,
    ...(annotations.length > 0 && { annotations }),
    ...(thoughts && { reasoning_content: thoughts }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
  return {
    id: answerId('chatcmpl-', answer.id),
    object: 'chat.completion',
    created: answer.created,
    model: answer.model,
    choices: [
      {
        index: 0,
        message,
        logprobs: logprobs.length > 0 ? { content: logprobs, refusal: null } : null,
        finish_reason: finishReason(answer.stop),
      },
    ],
    ...(answer.usage && { usage: chatUsage(answer.usage) }),
  }
}
