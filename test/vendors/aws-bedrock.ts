import type { ServerResponse } from 'node:http'
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { signatureProblem } from './aws-signature-check.ts'
import { answerChat } from './chat-answers.ts'
import { messageEvents, messageOf } from './messages-answers.ts'
import { ANSWER, callsTool, faultIn, TOOL, USAGE } from './prompts.ts'
import { sendJson, startVendorServer, type VendorRequest, type VendorServer } from './vendor-server.ts'

export const BEDROCK_KEY = 'bedrock-api-key-of-the-suite'
export const CLAUDE = 'eu.anthropic.claude-opus-4-v1:0'
export const TITAN = 'amazon.titan-embed-text-v2:0'
export const COHERE = 'eu.cohere.embed-v4:0'
export const NOVA = 'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.amazon.nova-pro-v1:0'

const codec = new EventStreamCodec(
  bytes => Buffer.from(bytes as Uint8Array).toString('utf8'),
  text => Buffer.from(text, 'utf8'),
)

/** Bedrock's wire: signatures checked, models in the path, binary event streams, errors named in a header. */
export function startBedrock(): Promise<VendorServer> {
  return startVendorServer((request, response) => {
    const { headers, path, body } = request
    const problem = headers.authorization === `Bearer ${BEDROCK_KEY}` ? null : signatureProblem(request)
    if (problem) {
      const words = `The request signature does not match. Canonical string: x-amz-security-token:${headers['x-amz-security-token']}`
      return fail(response, 403, problem, words)
    }
    if (path === '/openai/v1/chat/completions') {
      if (!Array.isArray(body.messages)) return sendJson(response, 400, { error: { message: 'messages', code: 400 } })
      return answerChat(request, response, { error: { error: { message: 'failed', type: 'server_error' } } })
    }
    const [, id = '', operation = ''] = /^\/model\/([^/]+)\/([a-z-]+)$/.exec(path) ?? []
    const model = decodeURIComponent(id)
    if (model === TITAN || model === COHERE) return answerEmbeddings(request, response, model, operation)
    if (model !== CLAUDE && model !== NOVA) {
      return fail(response, 400, 'ValidationException', 'The provided model identifier is invalid.')
    }
    if (faultIn(request) === 'overloaded') return fail(response, 429, 'ThrottlingException', 'Too many requests')
    return answerModel(request, response, model, operation)
  })
}

/** Each model checks its own form: a field that is not its own is an error. */
const EMBEDDING_FIELDS = {
  [TITAN]: ['inputText', 'dimensions', 'normalize'],
  [COHERE]: ['texts', 'input_type', 'embedding_types', 'truncate', 'output_dimension'],
}

function answerEmbeddings(
  { body }: VendorRequest,
  response: ServerResponse,
  model: typeof TITAN | typeof COHERE,
  operation: string,
): ServerResponse {
  const stray = Object.keys(body).find(name => !EMBEDDING_FIELDS[model].includes(name))
  if (operation !== 'invoke' || stray) {
    return fail(response, 400, 'ValidationException', `Malformed input request: extraneous key [${stray ?? operation}]`)
  }
  if (model === TITAN) {
    const size = typeof body.dimensions === 'number' ? body.dimensions : 4
    if (typeof body.inputText !== 'string') return fail(response, 400, 'ValidationException', 'inputText is required')
    const embedding = Array.from({ length: size }, (_, at) => at / 4)
    return sendJson(response, 200, { embedding, inputTextTokenCount: 5 })
  }
  const { texts, input_type: purpose } = body
  if (!Array.isArray(texts) || typeof purpose !== 'string') {
    return fail(response, 400, 'ValidationException', 'texts and input_type are required')
  }
  const float = texts.map((_, index) => [index, 0.5])
  const counted = { 'x-amzn-bedrock-input-token-count': '9' }
  return sendJson(response, 200, { embeddings: { float }, id: 'e-1', response_type: 'embeddings_by_type' }, counted)
}

function answerModel(
  request: VendorRequest,
  response: ServerResponse,
  model: string,
  operation: string,
): ServerResponse {
  const { body } = request
  if (operation === 'count-tokens') return sendJson(response, 200, { inputTokens: 11 })
  if (operation.startsWith('converse')) {
    if (!Array.isArray(body.messages)) return fail(response, 400, 'ValidationException', 'messages: required')
    if (operation === 'converse') return sendJson(response, 200, converseAnswer(request))
    return sendStream(request, response, converseEvents(request))
  }
  const stray = ['model', 'stream'].find(name => body[name] !== undefined)
  if (model !== CLAUDE || body.anthropic_version !== 'bedrock-2023-05-31' || stray) {
    return fail(response, 400, 'ValidationException', `Malformed input request: ${stray ?? 'anthropic_version'}`)
  }
  if (operation === 'invoke')
    return sendJson(response, 200, messageOf(request, 'claude-opus'), { 'x-amzn-requestid': 'r-1' })
  const chunks = messageEvents(request, 'claude-opus').map(event => ({
    type: 'chunk',
    body: { bytes: Buffer.from(JSON.stringify(event)).toString('base64'), p: 'abcdefgh' },
  }))
  return sendStream(request, response, chunks)
}

function fail(response: ServerResponse, status: number, type: string, message: string): ServerResponse {
  const name = `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/`
  return sendJson(response, status, { message }, { 'x-amzn-errortype': name, 'x-amzn-requestid': 'r-1' })
}

interface StreamEvent {
  type: string
  body: object
}

function sendStream(request: VendorRequest, response: ServerResponse, events: StreamEvent[]): ServerResponse {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': 'r-1' })
  for (const { type, body } of events) response.write(eventMessage(type, body))
  const fault = faultIn(request)
  if (fault === 'mid-stream') {
    response.write(eventMessage('throttlingException', { message: 'Too many tokens, please wait.' }, 'exception'))
  }
  // Half a message: what a connection leaves behind that breaks in the middle of one.
  if (fault === 'cut') response.write(eventMessage('chunk', { bytes: 'AAAA' }).subarray(0, 20))
  return response.end()
}

/** A message in AWS's binary form. */
export function eventMessage(type: string, body: object, kind: 'event' | 'exception' = 'event'): Buffer {
  const headers = {
    ':message-type': { type: 'string', value: kind },
    [`:${kind}-type`]: { type: 'string', value: type },
    ':content-type': { type: 'string', value: 'application/json' },
  } as const
  return Buffer.from(codec.encode({ headers, body: Buffer.from(JSON.stringify(body)) }))
}

const CONVERSE_USAGE = {
  inputTokens: USAGE.input,
  outputTokens: USAGE.output,
  totalTokens: USAGE.input + USAGE.output + USAGE.cached,
  cacheReadInputTokens: USAGE.cached,
}

function converseAnswer(request: VendorRequest): object {
  const { id: toolUseId, name, arguments: text } = TOOL
  const tool = callsTool(request)
  const content = tool ? [{ toolUse: { toolUseId, name, input: JSON.parse(text) } }] : [{ text: ANSWER }]
  const output = { message: { role: 'assistant', content } }
  return { output, stopReason: tool ? 'tool_use' : 'end_turn', usage: CONVERSE_USAGE, metrics: { latencyMs: 5 } }
}

function converseEvents(request: VendorRequest): StreamEvent[] {
  const { id: toolUseId, name, arguments: text } = TOOL
  const tool = callsTool(request)
  const whole = tool ? text : ANSWER
  const piece = (part: string) => ({
    type: 'contentBlockDelta',
    body: { contentBlockIndex: 0, delta: tool ? { toolUse: { input: part } } : { text: part } },
  })
  const start = { type: 'contentBlockStart', body: { contentBlockIndex: 0, start: { toolUse: { toolUseId, name } } } }
  const events: StreamEvent[] = [
    { type: 'messageStart', body: { role: 'assistant' } },
    ...(tool ? [start] : []),
    piece(whole.slice(0, 8)),
    piece(whole.slice(8)),
  ]
  const fault = faultIn(request)
  if (fault === 'mid-stream' || fault === 'cut') return events
  return [
    ...events,
    { type: 'contentBlockStop', body: { contentBlockIndex: 0 } },
    { type: 'messageStop', body: { stopReason: tool ? 'tool_use' : 'end_turn' } },
    { type: 'metadata', body: { usage: CONVERSE_USAGE, metrics: { latencyMs: 5 } } },
  ]
}
