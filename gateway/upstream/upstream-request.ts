import type { Candidate, Exchange } from '#gateway/exchange.ts'
import type { Target } from '#gateway/providers/targets.ts'
import { Refusal } from '#gateway/refusal.ts'

const DEFAULT_ANTHROPIC_VERSION = '2023-06-01'

/**
 * The body for a candidate: the client's bytes as they came, unless the model goes by another name there or the
 * usage of a chat stream must be asked for.
 */
export function upstreamBody(exchange: Exchange, candidate: Candidate): Buffer {
  if (exchange.translation) return exchange.translation.body
  const { body, raw, operation } = exchange
  const { upstreamModel } = candidate.model.document
  const asksUsage = operation.usageOnRequest && exchange.streaming && !exchange.wantsUsage
  if (raw && exchange.verbatim && body.model === upstreamModel && !asksUsage) return raw
  const changed: Record<string, unknown> = { ...body, model: upstreamModel }
  if (asksUsage) changed.stream_options = { ...(body.stream_options as object | null), include_usage: true }
  return Buffer.from(serialize(changed))
}

/** JSON can be nested deeper than it can be written again. */
function serialize(body: Record<string, unknown>): string {
  try {
    return JSON.stringify(body)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Refusal(400, 'body_too_deep', 'The body is nested too deeply to be passed on.')
  }
}

/** Headers for a target: its own, and those of the client that its vendor may see. */
export function upstreamHeaders(exchange: Exchange, target: Target): string[] {
  const headers = [...target.headers]
  const given = exchange.request.headers
  for (const name of target.forwards) {
    const value = given[name]
    if (typeof value === 'string') headers.push(name, value)
  }
  if (exchange.upstream.family === 'anthropic' && given['anthropic-version'] === undefined) {
    headers.push('anthropic-version', DEFAULT_ANTHROPIC_VERSION)
  }
  exchange.span?.inject(headers)
  return headers
}

/** Path and query for a target; `beta` goes on, since Anthropic's SDKs choose features by it. */
export function upstreamPath(exchange: Exchange, target: Target): string {
  const url = exchange.request.url ?? ''
  const beta =
    exchange.translation === null && exchange.operation.family === 'anthropic' && /[?&]beta=true(&|$)/.test(url)
  if (!beta) return target.path
  return `${target.path}${target.path.includes('?') ? '&' : '?'}beta=true`
}

/** Milliseconds that the caller still waits: the SDKs of both vendors say how long in a header. */
export function callerTimeoutMs(exchange: Exchange): number {
  const most = exchange.services.environment.GATEWAY_UPSTREAM_TIMEOUT_MS
  const seconds = Number(exchange.request.headers['x-stainless-timeout'])
  return seconds > 0 ? Math.min(most, seconds * 1000) : most
}
