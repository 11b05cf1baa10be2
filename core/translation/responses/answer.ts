import { normalizeOpenAiUsage } from '#core/pricing/normalize-openai.ts'
import { answerId, fieldsIn, numberIn, objectsIn, textIn } from '../answer-fields.ts'
import type { Answer, Part, StopReason } from '../conversation.ts'
import { responsesUsage } from '../usage.ts'

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
  if (item.type === 'message') {
    return objectsIn(item.content).map(part => ({ type: 'text', text: textIn(part.text) + textIn(part.refusal) }))
  }
  if (item.type === 'function_call') {
    const [id, name, text] = [textIn(item.call_id), textIn(item.name), textIn(item.arguments)]
    return [{ type: 'toolCall', id, name, arguments: text }]
  }
  const text =
    item.type === 'reasoning'
      ? objectsIn(item.summary)
          .map(part => textIn(part.text))
          .join('\n')
      : ''
  return text ? [{ type: 'thinking', text }] : []
}

/** Writes a response. */
export function writeResponsesAnswer(answer: Answer): object {
  const id = answerId('resp_', answer.id)
  const output = answer.parts.flatMap((part, index): object[] => {
    if (part.type === 'text') return [messageItem(`${id}_${index}`, part.text)]
    if (part.type === 'thinking') return [reasoningItem(`${id}_${index}`, part.text)]
    return part.type === 'toolCall' ? [callItem(`${id}_${index}`, part.id, part.name, part.arguments || '{}')] : []
  })
  return responseObject({ id, model: answer.model, created: answer.created }, { ...answer, output })
}

/** The response object, as far as a provider of another dialect can fill it; `end` is null while it is written. */
export function responseObject(
  head: { id: string; model: string; created: number },
  end: (Pick<Answer, 'stop' | 'usage'> & { output: object[] }) | null,
): object {
  const cut = end?.stop === 'length' || end?.stop === 'refusal'
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

/** An item of output that says something. */
export function messageItem(id: string, text: string): object {
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }]
  return { id: `msg_${id}`, type: 'message', status: 'completed', role: 'assistant', content }
}

/** An item of output that calls a tool. */
export function callItem(id: string, callId: string, name: string, text: string): object {
  return { id: `fc_${id}`, type: 'function_call', status: 'completed', call_id: callId, name, arguments: text }
}

/** An item of output that tells what the model thought. */
export function reasoningItem(id: string, text: string): object {
  return { id: `rs_${id}`, type: 'reasoning', summary: [{ type: 'summary_text', text }] }
}
