import type { IncomingHttpHeaders } from 'node:http'
import { chatError, messagesError } from '../error-shapes.ts'

interface GoogleStatus {
  message: string
  code: string | null
}

/** An error of Google's endpoints as OpenAI's clients read it: Google wraps its own form in a list, or not. */
export function googleError(status: number, _headers: IncomingHttpHeaders, body: Buffer): Buffer {
  const found = statusOf(body)
  return found ? Buffer.from(JSON.stringify(chatError(status, found.message, found.code))) : body
}

/** An error of Vertex AI as Anthropic's clients read it; one that Claude itself made is in that form already. */
export function googleMessagesError(status: number, _headers: IncomingHttpHeaders, body: Buffer): Buffer {
  const found = statusOf(body)
  return found ? Buffer.from(JSON.stringify(messagesError(status, found.message))) : body
}

/** Google's error model (google.rpc.Status); null: the body is of another form. */
function statusOf(body: Buffer): GoogleStatus | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    const error = ((Array.isArray(value) ? value[0] : value) as { error?: unknown } | null)?.error
    const { message, status, code } = (error ?? {}) as { message?: unknown; status?: unknown; code?: unknown }
    if (typeof message !== 'string' || typeof code !== 'number') return null
    return { message, code: typeof status === 'string' ? status : null }
  } catch {
    return null
  }
}
