import { namedFrame } from '#core/translation/answer-fields.ts'
import { anthropicCloudBody } from '../anthropic-cloud-body.ts'
import { messagesError } from '../error-shapes.ts'
import type { Wire, WireCall } from '../vendor.ts'
import { bedrockMessagesError, failureOf } from './bedrock-error.ts'
import { type EventMessage, EventStreamDecoder } from './event-stream.ts'

const ANTHROPIC_VERSION = 'bedrock-2023-05-31'

/**
 * Claude through InvokeModel: the messages dialect with the model and the streaming in the path, the beta features
 * in the body, and the events of a stream in AWS's binary frames.
 */
export const INVOKE_CLAUDE: Wire = {
  body: invokeBody,
  error: bedrockMessagesError,
  stream: () => new EventStreamDecoder(writeFrame),
}

/** Counting wraps the request that is to be counted. */
export const COUNT_TOKENS: Wire = {
  body(fields, call) {
    // The wrapped request must be a whole one, and a request of messages has a limit.
    const counted = { max_tokens: 1, ...invokeBody(fields, call) }
    return { input: { invokeModel: { body: Buffer.from(JSON.stringify(counted)).toString('base64') } } }
  },
  answer(body) {
    const { inputTokens } = body as { inputTokens?: unknown }
    if (typeof inputTokens !== 'number') throw new SyntaxError('no count')
    return { input_tokens: inputTokens }
  },
  error: bedrockMessagesError,
}

function invokeBody(fields: Record<string, unknown>, { headers }: WireCall): Record<string, unknown> {
  const { stream: _inPath, ...body } = anthropicCloudBody(fields, ANTHROPIC_VERSION)
  const given = headers?.['anthropic-beta']
  const betas = (Array.isArray(given) ? given.join() : (given ?? '')).split(',').flatMap(one => one.trim() || [])
  if (betas.length === 0) return body
  const inBody = Array.isArray(body.anthropic_beta) ? body.anthropic_beta : []
  return { ...body, anthropic_beta: [...new Set([...inBody, ...betas])] }
}

function writeFrame({ kind, type, body }: EventMessage): string {
  if (kind === 'exception') {
    const { status, message } = failureOf(type, body)
    const { error } = messagesError(status, message) as { error: object }
    return namedFrame('error', { error })
  }
  if (type !== 'chunk') return ''
  const { bytes } = JSON.parse(body) as { bytes?: unknown }
  if (typeof bytes !== 'string') throw new SyntaxError('a chunk without bytes')
  const data = Buffer.from(bytes, 'base64').toString('utf8')
  const event = (JSON.parse(data) as { type?: unknown }).type
  return `event: ${String(event)}\ndata: ${data}\n\n`
}
