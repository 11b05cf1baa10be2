import { normalizeOpenAiUsage } from '#core/pricing/normalize-openai.ts'
import { answerId, fieldsIn, itemsIn, numberIn, objectsIn, textIn, UnknownContentError } from '../answer-fields.ts'
import { readAnnotations } from '../citations.ts'
import type { Answer, Part, StopReason } from '../conversation.ts'
import { proofIn } from '../thinking-proof.ts'
import { responsesUsage } from '../usage.ts'
import { callItem, customCallItem, messageItem, reasoningItem, refusalItem } from './items.ts'

/** Reads a response. Throws SyntaxError when it is none, or failed. */
export function readResponsesAnswer(body: unknown): Answer {
  const answer = fieldsIn(body)
  if (!Array.isArray(answer.output)) throw new SyntaxError('no output')
  if (answer.status === 'failed' || answer.status === 'cancelled') throw new SyntaxError('the response failed')
  const parts = objectsIn(answer.output).flatMap(partsOf)
  return {
    id: textIn(answer.id),
    model: textIn(answer.model),
    created: numberIn(answer.created_at),
    parts,
    stop: stopOfResponse(
      answer,
      parts.some(part => part.type === 'toolCall'),
    ),
    stopSequence: null,
    usage: normalizeOpenAiUsage(answer.usage),
  }
}

/** Why a response ended. */
export function stopOfResponse(answer: Record<string, unknown>, called: boolean): StopReason {
  if (answer.status === 'incomplete') {
    const details = answer.incomplete_details ? fieldsIn(answer.incomplete_details) : {}
    return details.reason === 'content_filter' ? 'refusal' : 'length'
  }
  return called ? 'toolCalls' : 'end'
}

function partsOf(item: Record<string, unknown>): Part[] {
  switch (item.type) {
    case 'message':
      return objectsIn(item.content).map(contentOf)
    case 'function_call': {
      const [id, name, text] = [textIn(item.call_id), textIn(item.name), textIn(item.arguments)]
      return [{ type: 'toolCall', id, name, arguments: text }]
    }
    case 'custom_tool_call': {
      const [id, name, input] = [textIn(item.call_id), textIn(item.name), textIn(item.input)]
      return [{ type: 'toolCall', id, name, arguments: input, custom: true }]
    }
    case 'reasoning': {
      const told = [...objectsIn(item.summary), ...objectsIn(item.content)].map(part => textIn(part.text))
      const [text, proof] = [told.join('\n'), proofIn(textIn(item.encrypted_content))]
      return text || proof ? [{ type: 'thinking', text, proof }] : []
    }
    default:
      throw new UnknownContentError(textIn(item.type))
  }
}

function contentOf(part: Record<string, unknown>): Part {
  if (part.type === 'refusal') return { type: 'refusal', text: textIn(part.refusal) }
  if (part.type !== 'output_text') throw new UnknownContentError(textIn(part.type))
  const [citations, logprobs] = [readAnnotations(part.annotations), itemsIn(part.logprobs)]
  return {
    type: 'text',
    text: textIn(part.text),
    ...(citations.length > 0 && { citations }),
    ...(logprobs && { logprobs }),
  }
}

/** Writes a response. */
export function writeResponsesAnswer(answer: Answer): object {
  const id = answerId('resp_', answer.id)
  const output = answer.parts.flatMap((part, index): object[] => {
    const itemId = `${id}_${index}`
    if (part.type === 'text') return [messageItem(itemId, part)]
    if (part.type === 'refusal') return [refusalItem(itemId, part.text)]
    if (part.type === 'thinking') return [reasoningItem(itemId, part.text, part.proof)]
    if (part.type === 'toolCall' && part.custom) return [customCallItem(itemId, part.id, part.name, part.arguments)]
    return part.type === 'toolCall' ? [callItem(itemId, part.id, part.name, part.arguments || '{}')] : []
  })
  return responseObject({ id, model: answer.model, created: answer.created }, { ...answer, output })
}

/** Whether a response that ended so is incomplete. */
export function isIncomplete(stop: StopReason): boolean {
  return stop === 'length' || stop === 'refusal' || stop === 'pause'
}

/** The response object, as far as a provider of another dialect can fill it; `end` is null while it is written. */
export function responseObject(
  head: { id: string; model: string; created: number },
  end: (Pick<Answer, 'stop' | 'usage'> & { output: object[] }) | null,
): object {
  const cut = end !== null && isIncomplete(end.stop)
  const reason = end?.stop === 'refusal' ? 'content_filter' : 'max_output_tokens'
  return {
    id: head.id,
    object: 'response',
    created_at: head.created,
    status: end === null ? 'in_progress' : cut ? 'incomplete' : 'completed',
    error: null,
    incomplete_details: cut ? { reason } : null,
    instructions: null,
    metadata: {},
    model: head.model,
    output: end?.output ?? [],
    parallel_tool_calls: true,
    store: false,
    temperature: null,
    tool_choice: 'auto',
    tools: [],
    top_p: null,
    usage: end?.usage ? responsesUsage(end.usage) : null,
  }
}
