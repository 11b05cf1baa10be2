import { idFrom } from '../digest.ts'
import type { Exchange } from '../exchange.ts'
import { CREATED_AT } from '../models.ts'
import { fragmentsOf, jsonFragmentsOf, type Reply, replyTo } from '../reply.ts'
import { type ChatPrompt, readChatRequest } from './chat-request.ts'
import { OPENAI_ERROR_FRAME } from './errors.ts'
import { chatUsage } from './usage.ts'

const FINGERPRINT = 'fp_sandbox'

/** `POST /v1/chat/completions`. Protocol: OpenAI API reference, "Chat completions" and "Streaming events". */
export function prepareChat(body: unknown, answerTokens: number | null): Exchange {
  const chat = readChatRequest(body)
  const { prompt } = chat
  const replies = Array.from({ length: chat.choices }, (_, index) => replyTo(prompt, index, answerTokens))
  return {
    wire: 'openai',
    model: prompt.model.id,
    fault: prompt.fault,
    body: chat.stream ? null : Buffer.from(JSON.stringify(completion(chat, replies))),
    frames: chat.stream ? chatFrames(chat, replies) : null,
    errorFrame: OPENAI_ERROR_FRAME,
  }
}

function completion({ prompt }: ChatPrompt, replies: readonly Reply[]) {
  return {
    id: idFrom('chatcmpl-', prompt.digest),
    object: 'chat.completion',
    created: CREATED_AT,
    model: prompt.model.id,
    choices: replies.map((reply, index) => ({
      index,
      message: {
        role: 'assistant',
        content: reply.toolCalls.length > 0 ? null : reply.text,
        refusal: null,
        annotations: [],
        ...(reply.toolCalls.length > 0 && { tool_calls: toolCalls(reply) }),
      },
      logprobs: null,
      finish_reason: finishReason(reply),
    })),
    usage: chatUsage(prompt, replies),
    service_tier: 'default',
    system_fingerprint: FINGERPRINT,
  }
}

function toolCalls(reply: Reply) {
  return reply.toolCalls.map(call => ({
    id: idFrom('call_', call.digest),
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }))
}

function finishReason(reply: Reply): string {
  return reply.finish === 'stop_sequence' ? 'stop' : reply.finish
}

/** With `include_usage`, every chunk carries `usage: null` and one more chunk, without choices, carries the usage. */
function chatFrames(chat: ChatPrompt, replies: readonly Reply[]): string[] {
  const head = {
    id: idFrom('chatcmpl-', chat.prompt.digest),
    object: 'chat.completion.chunk',
    created: CREATED_AT,
    model: chat.prompt.model.id,
    service_tier: 'default',
    system_fingerprint: FINGERPRINT,
  }
  const noUsage = chat.includeUsage ? { usage: null } : {}
  const frames = replies.flatMap((reply, index) => {
    const chunk = (delta: object, finish: string | null = null) =>
      frame({ ...head, choices: [{ index, delta, logprobs: null, finish_reason: finish }], ...noUsage })
    return [...deltasOf(reply).map(delta => chunk(delta)), chunk({}, finishReason(reply))]
  })
  if (chat.includeUsage) frames.push(frame({ ...head, choices: [], usage: chatUsage(chat.prompt, replies) }))
  return [...frames, 'data: [DONE]\n\n']
}

function deltasOf(reply: Reply): object[] {
  if (reply.toolCalls.length === 0) {
    const first = { role: 'assistant', content: '', refusal: null }
    return [first, ...fragmentsOf(reply.text).map(content => ({ content }))]
  }
  const calls = reply.toolCalls.flatMap((call, index) => [
    {
      tool_calls: [
        { index, id: idFrom('call_', call.digest), type: 'function', function: { name: call.name, arguments: '' } },
      ],
    },
    ...jsonFragmentsOf(call.arguments).map(text => ({ tool_calls: [{ index, function: { arguments: text } }] })),
  ])
  return [{ role: 'assistant', content: null }, ...calls]
}

function frame(chunk: object): string {
  return `data: ${JSON.stringify(chunk)}\n\n`
}
