import { digestOf, idFrom } from '../digest.ts'
import type { Exchange } from '../exchange.ts'
import { fragmentsOf, jsonFragmentsOf, type Reply, replyTo } from '../reply.ts'
import { ANTHROPIC_ERROR_FRAME } from './errors.ts'
import { type MessagesPrompt, readCountTokensRequest, readMessagesRequest } from './messages-request.ts'

const THINKING = 'Let me look at what is asked, what is known, and what follows from it, before I answer.'

/** `POST /v1/messages`. Protocol: Anthropic API reference, "Messages" and "Streaming messages". */
export function prepareMessage(body: unknown, answerTokens: number | null): Exchange {
  const request = readMessagesRequest(body)
  const { prompt } = request
  const reply = replyTo(prompt, 0, answerTokens)
  return {
    wire: 'anthropic',
    model: prompt.model.id,
    fault: prompt.fault,
    body: request.stream ? null : Buffer.from(JSON.stringify(message(request, reply))),
    frames: request.stream ? messageFrames(request, reply) : null,
    errorFrame: ANTHROPIC_ERROR_FRAME,
  }
}

/** `POST /v1/messages/count_tokens`. Protocol: Anthropic API reference, "Count tokens in a message". */
export function prepareTokenCount(body: unknown): Exchange {
  const prompt = readCountTokensRequest(body)
  return {
    wire: 'anthropic',
    model: prompt.model.id,
    fault: prompt.fault,
    body: Buffer.from(JSON.stringify({ input_tokens: prompt.inputTokens })),
    frames: null,
    errorFrame: ANTHROPIC_ERROR_FRAME,
  }
}

function message(request: MessagesPrompt, reply: Reply) {
  return {
    id: idFrom('msg_', request.prompt.digest),
    type: 'message',
    role: 'assistant',
    model: request.prompt.model.id,
    content: contentBlocks(reply),
    stop_reason: stopReason(reply),
    stop_sequence: reply.stopSequence,
    usage: usage(request, reply.outputTokens, reply.reasoningTokens),
  }
}

function usage({ cache }: MessagesPrompt, outputTokens: number, thinkingTokens: number) {
  return {
    input_tokens: cache.fresh,
    cache_creation_input_tokens: cache.write5m + cache.write1h,
    cache_read_input_tokens: cache.read,
    cache_creation: { ephemeral_5m_input_tokens: cache.write5m, ephemeral_1h_input_tokens: cache.write1h },
    output_tokens: outputTokens,
    output_tokens_details: { thinking_tokens: thinkingTokens },
    service_tier: 'standard',
  }
}

function stopReason(reply: Reply): string {
  if (reply.finish === 'tool_calls') return 'tool_use'
  if (reply.finish === 'length') return 'max_tokens'
  return reply.finish === 'stop_sequence' ? 'stop_sequence' : 'end_turn'
}

type ContentBlock =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'text'; text: string }
  | { type: 'tool_use'; id: string; name: string; input: unknown }

function contentBlocks(reply: Reply): ContentBlock[] {
  const blocks: ContentBlock[] = []
  if (reply.reasoningTokens > 0) {
    const signature = Buffer.from(digestOf(reply.digest, 'thinking')).toString('base64')
    blocks.push({ type: 'thinking', thinking: THINKING, signature })
  }
  for (const call of reply.toolCalls) {
    blocks.push({ type: 'tool_use', id: idFrom('toolu_', call.digest), name: call.name, input: call.arguments })
  }
  if (reply.text !== '') blocks.push({ type: 'text', text: reply.text })
  return blocks
}

function messageFrames(request: MessagesPrompt, reply: Reply): string[] {
  const whole = message(request, reply)
  const start = { ...whole, content: [], stop_reason: null, stop_sequence: null, usage: usage(request, 1, 0) }
  const { cache_creation: _split, service_tier: _tier, ...cumulative } = whole.usage
  const blocks = whole.content.flatMap((block, index) => blockFrames(block, index))
  return [
    frame('message_start', { message: start }),
    ...blocks.slice(0, 1),
    frame('ping', {}),
    ...blocks.slice(1),
    frame('message_delta', {
      delta: { stop_reason: whole.stop_reason, stop_sequence: whole.stop_sequence },
      usage: cumulative,
    }),
    frame('message_stop', {}),
  ]
}

function blockFrames(block: ContentBlock, index: number): string[] {
  return [
    frame('content_block_start', { index, content_block: openedBlock(block) }),
    ...blockDeltas(block).map(delta => frame('content_block_delta', { index, delta })),
    frame('content_block_stop', { index }),
  ]
}

function openedBlock(block: ContentBlock): ContentBlock {
  if (block.type === 'text') return { ...block, text: '' }
  return block.type === 'tool_use' ? { ...block, input: {} } : { ...block, thinking: '', signature: '' }
}

function blockDeltas(block: ContentBlock): object[] {
  if (block.type === 'text') return fragmentsOf(block.text).map(text => ({ type: 'text_delta', text }))
  if (block.type === 'tool_use') {
    return ['', ...jsonFragmentsOf(block.input)].map(part => ({ type: 'input_json_delta', partial_json: part }))
  }
  return [
    ...fragmentsOf(block.thinking).map(thinking => ({ type: 'thinking_delta', thinking })),
    { type: 'signature_delta', signature: block.signature },
  ]
}

function frame(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
}
