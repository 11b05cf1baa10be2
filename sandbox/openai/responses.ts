import { digestOf, idFrom } from '../digest.ts'
import type { Exchange } from '../exchange.ts'
import { CREATED_AT } from '../models.ts'
import type { Prompt } from '../prompt.ts'
import { type Reply, replyTo } from '../reply.ts'
import { openAiErrorMessage } from './errors.ts'
import { responseFrames } from './responses-events.ts'
import { type ResponsesRequest, readResponsesRequest } from './responses-request.ts'
import { responseUsage } from './usage.ts'

/** An error inside a response stream: an event of type error. */
const ERROR_FRAME = `event: error\ndata: ${JSON.stringify({
  type: 'error',
  code: 'server_error',
  message: openAiErrorMessage(500),
  param: null,
  sequence_number: 0,
})}\n\n`

/** `POST /v1/responses`. Protocol: OpenAI API reference, "Responses". */
export function prepareResponse(body: unknown, answerTokens: number | null): Exchange {
  const { request, prompt } = readResponsesRequest(body)
  const reply = replyTo(prompt, 0, answerTokens)
  const done = response(request, prompt, reply)
  const started = {
    ...done,
    status: 'in_progress',
    output: [],
    usage: null,
    incomplete_details: null,
    completed_at: null,
  }
  return {
    wire: 'openai',
    model: prompt.model.id,
    fault: prompt.fault,
    body: request.stream ? null : Buffer.from(JSON.stringify(done)),
    frames: request.stream ? responseFrames(started, done) : null,
    errorFrame: ERROR_FRAME,
  }
}

export type ResponseObject = ReturnType<typeof response>

function response(request: ResponsesRequest, prompt: Prompt, reply: Reply) {
  const incomplete = reply.finish === 'length'
  return {
    id: idFrom('resp_', prompt.digest),
    object: 'response',
    created_at: CREATED_AT,
    status: incomplete ? 'incomplete' : 'completed',
    background: false,
    completed_at: CREATED_AT,
    error: null,
    incomplete_details: incomplete ? { reason: 'max_output_tokens' } : null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    metadata: request.metadata ?? {},
    model: prompt.model.id,
    output: outputItems(prompt, reply, incomplete ? 'incomplete' : 'completed'),
    parallel_tool_calls: prompt.parallelTools,
    previous_response_id: null,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: null },
    service_tier: 'default',
    store: false,
    temperature: request.temperature ?? 1,
    text: { format: request.text?.format ?? { type: 'text' } },
    tool_choice: request.tool_choice ?? 'auto',
    tools: request.tools ?? [],
    top_p: 1,
    truncation: 'disabled',
    usage: responseUsage(prompt, reply),
  }
}

export type MessageItem = ReturnType<typeof messageItem>
export type FunctionCallItem = ReturnType<typeof functionCallItem>
export type ReasoningItem = ReturnType<typeof reasoningItem>
export type OutputItem = MessageItem | FunctionCallItem | ReasoningItem

function outputItems(prompt: Prompt, reply: Reply, status: string): OutputItem[] {
  const reasoning = prompt.model.reasons && reply.reasoningTokens > 0 ? [reasoningItem(reply)] : []
  if (reply.toolCalls.length > 0) return [...reasoning, ...reply.toolCalls.map(functionCallItem)]
  return [...reasoning, messageItem(reply, status)]
}

function reasoningItem(reply: Reply) {
  return { id: idFrom('rs_', digestOf(reply.digest, 'reasoning')), type: 'reasoning' as const, summary: [] }
}

function messageItem(reply: Reply, status: string) {
  return {
    id: idFrom('msg_', digestOf(reply.digest, 'message')),
    type: 'message' as const,
    status,
    role: 'assistant',
    content: [{ type: 'output_text', annotations: [], logprobs: [], text: reply.text }],
  }
}

function functionCallItem(call: Reply['toolCalls'][number]) {
  return {
    id: idFrom('fc_', call.digest),
    type: 'function_call' as const,
    status: 'completed',
    call_id: idFrom('call_', call.digest),
    name: call.name,
    arguments: JSON.stringify(call.arguments),
  }
}
