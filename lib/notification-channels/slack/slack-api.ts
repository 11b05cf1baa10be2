import { z } from 'zod'
import { guardedRequest } from '#lib/platform/guarded-request.ts'
import type { ChannelSecrets } from '../channel-kind.ts'
import type { TargetOf } from '../schema.ts'

/** What Slack refused, by its own error code. */
export class SlackError extends Error {
  readonly code: string
  readonly status: number
  readonly retryAfterMs: number | null
  constructor(method: string, code: string, status: number, retryAfterMs: number | null) {
    super(`Slack refuses ${method}: ${code}`)
    this.name = 'SlackError'
    this.code = code
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

/** A channel's way to its workspace. */
export interface SlackAccess {
  readonly target: TargetOf<'slack'>
  readonly secrets: ChannelSecrets
}

const Answer = z.looseObject({ ok: z.boolean(), error: z.string().optional() })

/** Calls a method of Slack's Web API with JSON, or with a query for methods that take no JSON. Throws `SlackError`. */
export async function callSlack<S extends z.ZodType>(
  { target, secrets }: SlackAccess,
  method: string,
  input: Record<string, unknown>,
  schema: S,
): Promise<z.output<S>> {
  const reads = /\.(lookupByEmail|info|history)$/.test(method)
  const query = reads
    ? `?${new URLSearchParams(Object.entries(input).map(([key, value]) => [key, String(value)]))}`
    : ''
  const { status, headers, text } = await guardedRequest({
    url: `${target.apiUrl.replace(/\/+$/, '')}/${method}${query}`,
    method: reads ? 'GET' : 'POST',
    allowPrivateNetwork: target.allowPrivateNetwork,
    headers: {
      authorization: `Bearer ${secrets.botToken ?? ''}`,
      ...(reads ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    },
    ...(reads ? {} : { body: JSON.stringify(input) }),
  })
  const asked = Number(headers['retry-after']) * 1000
  const retryAfterMs = asked > 0 ? asked : null
  const answer = Answer.safeParse(parse(text))
  if (!answer.success) throw new SlackError(method, `http_${status}`, status, retryAfterMs)
  if (!answer.data.ok) throw new SlackError(method, answer.data.error ?? 'unknown_error', status, retryAfterMs)
  return schema.parse(answer.data)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
