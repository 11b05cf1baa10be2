import { fragmentsOf } from '../reply.ts'
import type { FunctionCallItem, MessageItem, OutputItem, ResponseObject } from './responses.ts'

type Event = { type: string } & Record<string, unknown>

/**
 * A response as server-sent events, numbered from 0. Protocol: OpenAI API reference, "Responses: streaming events".
 *
 * @param started the response as it stands before anything is generated
 * @param done the response as it stands at the end
 */
export function responseFrames(started: object, done: ResponseObject): string[] {
  const events: Event[] = [
    { type: 'response.created', response: started },
    { type: 'response.in_progress', response: started },
    ...done.output.flatMap(itemEvents),
    { type: done.status === 'incomplete' ? 'response.incomplete' : 'response.completed', response: done },
  ]
  return events.map(({ type, ...rest }, position) => {
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: position, ...rest })}\n\n`
  })
}

function itemEvents(item: OutputItem, index: number): Event[] {
  if (item.type === 'message') return messageEvents(item, index)
  if (item.type === 'function_call') return functionCallEvents(item, index)
  return [
    { type: 'response.output_item.added', output_index: index, item },
    { type: 'response.output_item.done', output_index: index, item },
  ]
}

function messageEvents(item: MessageItem, index: number): Event[] {
  const [part] = item.content
  const text = part?.text ?? ''
  const at = { item_id: item.id, output_index: index, content_index: 0 }
  const opened = { ...item, status: 'in_progress', content: [] }
  return [
    { type: 'response.output_item.added', output_index: index, item: opened },
    { type: 'response.content_part.added', ...at, part: { ...part, text: '' } },
    ...fragmentsOf(text).map(delta => ({ type: 'response.output_text.delta', ...at, delta, logprobs: [] })),
    { type: 'response.output_text.done', ...at, text, logprobs: [] },
    { type: 'response.content_part.done', ...at, part },
    { type: 'response.output_item.done', output_index: index, item },
  ]
}

function functionCallEvents(item: FunctionCallItem, index: number): Event[] {
  const at = { item_id: item.id, output_index: index }
  const deltas = item.arguments.match(/[\s\S]{1,16}/g) ?? []
  return [
    {
      type: 'response.output_item.added',
      output_index: index,
      item: { ...item, status: 'in_progress', arguments: '' },
    },
    ...deltas.map(delta => ({ type: 'response.function_call_arguments.delta', ...at, delta })),
    { type: 'response.function_call_arguments.done', ...at, name: item.name, arguments: item.arguments },
    { type: 'response.output_item.done', output_index: index, item },
  ]
}
