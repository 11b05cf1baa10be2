import type { VendorError } from '../vendor-error.ts'

const MESSAGES: Readonly<Record<number, string>> = {
  401: 'Incorrect API key provided. You can find your API key in your account settings.',
  429: 'Rate limit reached for requests. Please try again later.',
  500: 'The server had an error while processing your request. Sorry about that!',
  503: 'The engine is currently overloaded, please try again later.',
}

/** The body of an OpenAI error. Protocol: OpenAI API reference, "Error codes". */
export function openAiErrorBody(status: number, error: Pick<VendorError, 'message' | 'param' | 'code'>): string {
  const type = status === 429 ? 'requests' : status >= 500 ? 'server_error' : 'invalid_request_error'
  const code = error.code ?? (status === 429 ? 'rate_limit_exceeded' : null)
  return JSON.stringify({ error: { message: error.message, type, param: error.param, code } })
}

/** OpenAI's usual words for a status. */
export function openAiErrorMessage(status: number): string {
  return MESSAGES[status] ?? `The request failed with status ${status}.`
}

/** An error inside a chat completion stream: a data event with an error body. */
export const OPENAI_ERROR_FRAME = `data: ${openAiErrorBody(500, { message: openAiErrorMessage(500), param: null, code: null })}\n\n`
