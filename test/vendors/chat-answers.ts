import type { ServerResponse } from 'node:http'
import { ANSWER, callsTool, faultIn, TOOL, USAGE } from './prompts.ts'
import { sendEvents, sendJson, type VendorRequest } from './vendor-server.ts'

const USAGE_FIELDS = {
  prompt_tokens: USAGE.input,
  completion_tokens: USAGE.output,
  total_tokens: USAGE.input + USAGE.output,
  prompt_tokens_details: { cached_tokens: USAGE.cached },
}

export interface ChatOptions {
  /** Frames before the first chunk. */
  before?: object[]
  /** What each chunk's choice has besides. */
  choice?: object
  /** The frame of an error in the middle. */
  error: object
  finish?: string
}

/** Answers a chat completion as OpenAI does, and with what other vendors put into it. */
export function answerChat(request: VendorRequest, response: ServerResponse, options: ChatOptions): ServerResponse {
  const head = { id: 'chatcmpl-1', created: 1_700_000_000, model: String(request.body.model ?? 'deployed') }
  const finish = options.finish ?? (callsTool(request) ? 'tool_calls' : 'stop')
  const { id, name, arguments: text } = TOOL
  const call = { id, type: 'function', function: { name, arguments: text } }
  if (request.body.stream !== true) {
    const message = callsTool(request)
      ? { role: 'assistant', content: null, tool_calls: [call] }
      : { role: 'assistant', content: ANSWER }
    const choices = [{ index: 0, message, finish_reason: finish, ...options.choice }]
    return sendJson(response, 200, { ...head, object: 'chat.completion', choices, usage: USAGE_FIELDS })
  }
  const chunk = (fields: object) => frame({ ...head, object: 'chat.completion.chunk', ...fields })
  const delta = (given: object, reason: string | null = null) =>
    chunk({ choices: [{ index: 0, delta: given, finish_reason: reason, ...options.choice }] })
  const pieces = callsTool(request)
    ? [{ tool_calls: [{ index: 0, ...call, function: { name, arguments: '' } }] }, ...toolPieces()]
    : [ANSWER.slice(0, 9), ANSWER.slice(9)].map(content => ({ content }))
  const frames = [...(options.before ?? []).map(chunk), delta({ role: 'assistant', content: '' })]
  frames.push(...pieces.map(piece => delta(piece)))
  const fault = faultIn(request)
  if (fault === 'mid-stream') return sendEvents(response, [...frames.slice(0, -1), frame(options.error)])
  if (fault === 'cut') return sendEvents(response, frames)
  frames.push(delta({}, finish))
  const asked = (request.body.stream_options as { include_usage?: boolean } | undefined)?.include_usage
  if (asked) frames.push(chunk({ choices: [], usage: USAGE_FIELDS }))
  return sendEvents(response, [...frames, 'data: [DONE]\n\n'])
}

function toolPieces(): object[] {
  const { arguments: text } = TOOL
  return [text.slice(0, 6), text.slice(6)].map(piece => ({
    tool_calls: [{ index: 0, function: { arguments: piece } }],
  }))
}

function frame(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
