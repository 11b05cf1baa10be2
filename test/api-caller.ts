import { dispatch } from '#lib/api/dispatch.ts'
import type { Context } from '#lib/platform/context.ts'
import { issueServiceToken } from '#lib/service-tokens/issue-service-token.ts'

export interface CallOptions {
  token?: string | null
  body?: unknown
  /** Sent as it is instead of `body`. */
  text?: string | Uint8Array
  headers?: Record<string, string>
}

export interface CallResult {
  status: number
  headers: Headers
  text: string
  json: Record<string, unknown>
}

/** The REST API without the network: the same Request in, the same Response out. */
export async function callApi(method: string, path: string, options: CallOptions = {}): Promise<CallResult> {
  const payload = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
  const request = new Request(`http://127.0.0.1:3000/api/v1${path}`, {
    method,
    headers: {
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(payload === undefined ? {} : { body: payload as BodyInit }),
  })
  // Suites make more requests a minute than a client may; the limit has a test of its own.
  const response = await dispatch(request, { rateLimit: async () => {} })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parse(text) }
}

/** A real service token with these permissions, as its text. */
export async function tokenFor(issuer: Context, scopes: string[]): Promise<string> {
  const issued = await issueServiceToken({ ctx: issuer, input: { name: 'test', scopes } })
  return issued.token
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
