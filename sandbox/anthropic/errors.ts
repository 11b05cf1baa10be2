const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}

const MESSAGES: Readonly<Record<number, string>> = {
  401: 'invalid x-api-key',
  429: 'Number of requests has exceeded your rate limit. Please try again later.',
  500: 'Internal server error',
  529: 'Overloaded',
}

function errorType(status: number): string {
  return TYPES[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error')
}

/** The body of an Anthropic error. Protocol: Anthropic API reference, "Errors". */
export function anthropicErrorBody(status: number, message: string, requestId: string): string {
  return JSON.stringify({ type: 'error', error: { type: errorType(status), message }, request_id: requestId })
}

/** Anthropic's usual words for a status. */
export function anthropicErrorMessage(status: number): string {
  return MESSAGES[status] ?? `The request failed with status ${status}.`
}

/** An error inside a message stream: an event named error. */
export const ANTHROPIC_ERROR_FRAME = `event: error\ndata: ${JSON.stringify({
  type: 'error',
  error: { type: 'overloaded_error', message: 'Overloaded' },
})}\n\n`
