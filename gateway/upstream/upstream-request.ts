import { UntranslatableError } from '#core/translation/untranslatable.ts'
import { editedBody } from '#gateway/dialects/edited-body.ts'
import { translationSummary } from '#gateway/dialects/translation.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import type { Target } from '#gateway/providers/targets.ts'
import type { Wire, WireCall } from '#gateway/providers/vendor.ts'
import { Refusal } from '#gateway/refusal.ts'

const DEFAULT_ANTHROPIC_VERSION = '2023-06-01'

/**
 * The body for a candidate: the client's bytes as they came, but for the model's name there and for asking for the usage
 * of a chat stream. It is written anew where it was read in one of several ways, changed here, or of another form there.
 */
export function upstreamBody(exchange: Exchange, candidate: Candidate, { wire, learnt }: UsageTold): Buffer {
  if (learnt.refusesUsageOption && exchange.streaming) return withoutUsageOption(exchange, candidate)
  const { upstreamModel } = candidate.model.document
  if (wire?.body) return serialize(vendorBody(exchange, candidate, wire.body))
  const { translation, body, raw } = exchange
  const amended = wire?.amended?.(translation?.fields ?? body, upstreamModel)
  if (amended) return serialize(translation ? amended : namedBody(exchange, upstreamModel, amended))
  if (translation) return translation.body
  if (raw && exchange.verbatim) {
    const asks = asksUsage(exchange)
    if (body.model === upstreamModel && !asks) return raw
    const edited = editedBody(raw, body, { model: upstreamModel, asksUsage: asks })
    if (edited) return edited
  }
  return serialize(namedBody(exchange, upstreamModel))
}

/** What is known of a target that a body is written for. */
export type UsageTold = Pick<Target, 'wire' | 'learnt'>

/** For a provider that tells the usage of a stream anyway, or never, and refuses to be asked for it. */
function withoutUsageOption({ translation, body }: Exchange, { model }: Candidate): Buffer {
  const fields = translation?.fields ?? { ...body, model: model.document.upstreamModel }
  return serialize({ ...fields, stream_options: undefined })
}

/** Usage is what evidence and budgets are made of: streams of chats report it only when they are asked. */
function asksUsage({ operation, streaming, wantsUsage }: Exchange): boolean {
  return operation.usageOnRequest && streaming && !wantsUsage
}

function namedBody(exchange: Exchange, model: string, body = exchange.body): Record<string, unknown> {
  if (!asksUsage(exchange)) return { ...body, model }
  return { ...body, model, stream_options: { ...(body.stream_options as object | null), include_usage: true } }
}

function vendorBody(exchange: Exchange, candidate: Candidate, write: NonNullable<Wire['body']>) {
  const { translation, request } = exchange
  const { upstreamModel, maxOutputTokens } = candidate.model.document
  const dropped = new Set<string>()
  const headers = translation ? null : request.headers
  const fields = translation ? translation.fields : namedBody(exchange, upstreamModel)
  const body = vendorFields(write, fields, { model: upstreamModel, maxOutputTokens, headers, dropped })
  if (dropped.size > 0) {
    exchange.vendorForm = translationSummary(exchange.upstream.name, candidate.provider.document.kind, dropped)
  }
  return body
}

/** A request in a vendor's own form. Throws a 400 that names the parameter which cannot be carried. */
export function vendorFields(write: NonNullable<Wire['body']>, fields: Record<string, unknown>, call: WireCall) {
  try {
    return write(fields, call)
  } catch (error) {
    if (!(error instanceof UntranslatableError)) throw error
    throw new Refusal(400, 'untranslatable', error.message, { param: error.param, rule: 'translation' })
  }
}

/** JSON can be nested deeper than it can be written again. */
function serialize(body: Record<string, unknown>): Buffer {
  try {
    return Buffer.from(JSON.stringify(body))
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
  const speaksAnthropic = exchange.upstream.family === 'anthropic' && target.wire?.body === undefined
  if (speaksAnthropic && given['anthropic-version'] === undefined) {
    headers.push('anthropic-version', DEFAULT_ANTHROPIC_VERSION)
  }
  exchange.span?.inject(headers)
  return headers
}

/** Path and query for a target; `beta` goes on, since Anthropic's SDKs choose features by it. */
export function upstreamPath(exchange: Exchange, target: Target): string {
  const url = exchange.request.url ?? ''
  const beta =
    exchange.translation === null &&
    target.wire?.body === undefined &&
    exchange.operation.family === 'anthropic' &&
    /[?&]beta=true(&|$)/.test(url)
  const path = exchange.streaming ? target.streamPath : target.path
  if (!beta) return path
  return `${path}${path.includes('?') ? '&' : '?'}beta=true`
}

/** Milliseconds that the caller still waits: the SDKs of both vendors say how long in a header. */
export function callerTimeoutMs(exchange: Exchange): number {
  const most = exchange.services.environment.GATEWAY_UPSTREAM_TIMEOUT_MS
  const seconds = Number(exchange.request.headers['x-stainless-timeout'])
  return seconds > 0 ? Math.min(most, seconds * 1000) : most
}
