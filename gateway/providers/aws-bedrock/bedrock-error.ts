import type { IncomingHttpHeaders } from 'node:http'
import { chatError, messagesError } from '../error-shapes.ts'

/** What an exception in the middle of a stream would have had as its status (Bedrock API reference). */
const STATUS_OF_EXCEPTION: Readonly<Record<string, number>> = {
  throttlingException: 429,
  modelNotReadyException: 429,
  serviceUnavailableException: 503,
  modelTimeoutException: 504,
  validationException: 400,
  accessDeniedException: 403,
  resourceNotFoundException: 404,
  modelStreamErrorException: 502,
  internalServerException: 500,
}

/** A failure that Bedrock reports, whatever form it came in. */
export interface BedrockFailure {
  status: number
  /** Such as `throttlingException`. */
  type: string
  message: string
}

/** The error type in the header that Bedrock names it in, without its namespace; empty when it is not there. */
export function errorTypeOf(headers: IncomingHttpHeaders): string {
  return String(headers['x-amzn-errortype'] ?? '').split(':', 1)[0] ?? ''
}

/** An exception frame of a stream. */
export function failureOf(type: string, body: string): BedrockFailure {
  return { status: STATUS_OF_EXCEPTION[type] ?? 502, type, message: messageOf(body) ?? type }
}

/** An error answer as Anthropic's clients read it. */
export function bedrockMessagesError(status: number, headers: IncomingHttpHeaders, body: Buffer): Buffer {
  return Buffer.from(JSON.stringify(messagesError(status, wordsOf(headers, body))))
}

/** An error answer as OpenAI's clients read it; the compatible endpoint's own errors are in that form already. */
export function bedrockChatError(status: number, headers: IncomingHttpHeaders, body: Buffer): Buffer {
  const text = body.toString('utf8')
  if (messageOf(text) === null && /^\s*\{\s*"error"/.test(text)) return body
  const type = errorTypeOf(headers)
  return Buffer.from(JSON.stringify(chatError(status, wordsOf(headers, body), type || null)))
}

function wordsOf(headers: IncomingHttpHeaders, body: Buffer): string {
  const message = messageOf(body.toString('utf8'))
  const type = errorTypeOf(headers)
  if (message === null) return type || 'Bedrock answered with an error that says no more.'
  return type ? `${type}: ${message}` : message
}

function messageOf(text: string): string | null {
  try {
    const { message, Message } = JSON.parse(text) as { message?: unknown; Message?: unknown }
    const found = message ?? Message
    return typeof found === 'string' ? found : null
  } catch {
    return null
  }
}
