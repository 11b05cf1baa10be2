/** An error that a provider sent inside a 200. */
export interface EmbeddedError {
  /** The status that it should have had. */
  status: number
  code: string
  message: string | null
}

const STATUS_BY_TYPE: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  timeout_error: 504,
  overloaded_error: 529,
}

/** Reads an error in any dialect's shape out of a frame or a body. */
export function embeddedError(text: string): EmbeddedError {
  const error = errorOf(text)
  const type = typeof error?.type === 'string' ? error.type : ''
  const code = typeof error?.code === 'string' ? error.code : ''
  const number = Number(error?.code)
  return {
    status: STATUS_BY_TYPE[code] ?? STATUS_BY_TYPE[type] ?? (number >= 400 && number <= 599 ? number : 502),
    code: code || type || 'upstream_error',
    message: typeof error?.message === 'string' ? error.message : null,
  }
}

function errorOf(text: string): { type?: unknown; code?: unknown; message?: unknown } | null {
  try {
    const value = JSON.parse(text) as { error?: unknown; response?: { error?: unknown } } | null
    const error = value?.error ?? value?.response?.error ?? value
    return typeof error === 'object' ? error : { message: error }
  } catch {
    return null
  }
}
