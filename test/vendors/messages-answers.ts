import { ANSWER, callsTool, faultIn, TOOL, USAGE } from './prompts.ts'
import type { VendorRequest } from './vendor-server.ts'

const INPUT = { input_tokens: USAGE.input, cache_read_input_tokens: USAGE.cached, cache_creation_input_tokens: 0 }

/** A message as Claude answers it. */
export function messageOf(request: VendorRequest, model: string): object {
  const tool = callsTool(request)
  const { id, name, arguments: text } = TOOL
  const content = tool ? [{ type: 'tool_use', id, name, input: JSON.parse(text) }] : [{ type: 'text', text: ANSWER }]
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content,
    stop_reason: tool ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { ...INPUT, output_tokens: USAGE.output },
  }
}

export type MessageEvent = { type: string } & Record<string, unknown>

/** The events of the same message, streamed. Without its end for the faults that leave it out. */
export function messageEvents(request: VendorRequest, model: string): MessageEvent[] {
  const tool = callsTool(request)
  const { id, name, arguments: text } = TOOL
  const message = {
    ...messageOf(request, model),
    content: [],
    stop_reason: null,
    usage: { ...INPUT, output_tokens: 1 },
  }
  const block = tool ? { type: 'tool_use', id, name, input: {} } : { type: 'text', text: '' }
  const piece = (part: string) =>
    tool ? { type: 'input_json_delta', partial_json: part } : { type: 'text_delta', text: part }
  const whole = tool ? text : ANSWER
  const events: MessageEvent[] = [
    { type: 'message_start', message },
    { type: 'content_block_start', index: 0, content_block: block },
    { type: 'content_block_delta', index: 0, delta: piece(whole.slice(0, 7)) },
    { type: 'content_block_delta', index: 0, delta: piece(whole.slice(7)) },
  ]
  const fault = faultIn(request)
  if (fault === 'mid-stream' || fault === 'cut') return events
  const delta = { stop_reason: tool ? 'tool_use' : 'end_turn', stop_sequence: null }
  return [
    ...events,
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta, usage: { output_tokens: USAGE.output } },
    { type: 'message_stop' },
  ]
}

/** An event as Anthropic's own API frames it. */
export function eventFrame(event: { type: string }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}
