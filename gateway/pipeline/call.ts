import { setTimeout as sleep } from 'node:timers/promises'
import { textLength } from '#gateway/dialects/answer-usage.ts'
import { errorBody } from '#gateway/dialects/error-body.ts'
import { translatedError, translationFor, upstreamOperation } from '#gateway/dialects/translation.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { ForbiddenAddressError } from '#gateway/providers/address-guard.ts'
import { hideCredential } from '#gateway/providers/hide-credential.ts'
import type { Target } from '#gateway/providers/targets.ts'
import { Refusal } from '#gateway/refusal.ts'
import { Attempt, type AttemptResult } from '#gateway/upstream/attempt.ts'
import { authorized, isStale, renewCredential, type UpstreamRequest } from '#gateway/upstream/authorize.ts'
import { embeddedError } from '#gateway/upstream/embedded-error.ts'
import { retryDelayMs } from '#gateway/upstream/retry.ts'
import { malformed, unreadable, upstreamFailure } from '#gateway/upstream/upstream-failure.ts'
import { callerTimeoutMs, upstreamBody, upstreamHeaders, upstreamPath } from '#gateway/upstream/upstream-request.ts'
import type { PipelineStage } from './stage.ts'

/** Calls the provider, once more when that can help, and passes a stream on while it comes. */
export const call: PipelineStage = {
  name: 'call',
  skippedOnHit: true,
  async run(exchange) {
    for (const candidate of exchange.candidates) {
      if (await callCandidate(exchange, candidate)) return
    }
  },
}

/** Calls one candidate with its retries; true when its result is the request's. */
async function callCandidate(exchange: Exchange, candidate: Candidate): Promise<boolean> {
  exchange.served = candidate
  exchange.upstream = upstreamOperation(exchange.operation, candidate.model) ?? exchange.operation
  exchange.translation = translationFor(exchange, candidate, exchange.upstream)
  const target = findTarget(exchange, candidate)
  const headers = upstreamHeaders(exchange, target)
  const path = upstreamPath(exchange, target)
  const body = upstreamBody(exchange, candidate, target.wire)
  for (;;) {
    const result = await attemptOnce(exchange, candidate, target, { path, headers, body })
    if (isStale(exchange, target, result) && (await renewCredential(exchange, target))) continue
    const delay = retryDelayMs(exchange, result)
    if (delay === null) {
      finish(exchange, result)
      return true
    }
    const began = performance.now()
    await sleep(delay)
    exchange.upstreamMs += performance.now() - began
    if (exchange.clientGone) {
      finish(exchange, { kind: 'gone', reached: false })
      return true
    }
  }
}

function findTarget(exchange: Exchange, candidate: Candidate): Target {
  try {
    const target = exchange.services.targets.find(candidate.provider, candidate.model, exchange.upstream)
    if (target) return target
  } catch (error) {
    if (error instanceof ForbiddenAddressError) throw upstreamFailure(error, exchange)
    throw error
  }
  const words = `${candidate.provider.document.name} does not serve this path. Use another model of the catalog.`
  throw new Refusal(400, 'wrong_dialect', words, { param: 'model', rule: 'provider:dialects' })
}

async function attemptOnce(
  exchange: Exchange,
  candidate: Candidate,
  target: Target,
  request: UpstreamRequest,
): Promise<AttemptResult> {
  const attempt = new Attempt(exchange)
  exchange.attempt = attempt
  const began = performance.now()
  const entry: Exchange['attempts'][number] = {
    providerId: candidate.provider.id,
    modelId: candidate.model.id,
    status: null,
    ms: 0,
    error: null,
  }
  exchange.attempts.push(entry)
  if (exchange.clientGone) attempt.leave()
  const proof = authorized(exchange, target, request)
  const headers = proof instanceof Promise ? await proof : proof
  if (headers instanceof Refusal) attempt.finish({ kind: 'failed', failure: headers, reached: false })
  else attempt.start(target, request.path, headers, request.body, callerTimeoutMs(exchange))
  const result = refuseBrokenAnswer(exchange, await attempt.done)
  const ms = performance.now() - began
  exchange.upstreamMs += ms
  entry.ms = Math.round(ms * 1000) / 1000
  entry.status = attempt.status
  if (result.kind === 'failed') entry.error = result.failure.code
  else if (result.kind === 'gone') entry.error = 'client_left'
  else if (result.kind === 'relayed') entry.error = exchange.errorCode
  return result
}

/** A 200 whose body is an error, or no JSON, is no success: read it as what it is, so that it can be retried. */
function refuseBrokenAnswer(exchange: Exchange, result: AttemptResult): AttemptResult {
  if (result.kind !== 'answer' || result.status !== 200) return result
  const text = result.body.toString('utf8')
  let answer: { error?: unknown; usage?: unknown; type?: unknown } | null
  try {
    answer = JSON.parse(text)
  } catch {
    return { kind: 'failed', failure: malformed(exchange), reached: true }
  }
  if (typeof answer !== 'object' || answer === null) {
    return { kind: 'failed', failure: malformed(exchange), reached: true }
  }
  if (answer.error !== undefined && answer.error !== null && answer.usage === undefined) {
    return { ...result, status: embeddedError(text).status }
  }
  exchange.consumed = true
  exchange.reportedUsage = answer.usage ?? null
  exchange.usageFinal = true
  if (!answer.usage) exchange.generated = exchange.operation.generates ? textLength(answer) : 0
  if (!exchange.translation) return result
  try {
    return { ...result, body: exchange.translation.answer(answer) }
  } catch (error) {
    return { kind: 'failed', failure: unreadable(exchange, error), reached: true }
  }
}

function finish(exchange: Exchange, result: AttemptResult): void {
  exchange.attempt = null
  if (result.kind === 'failed') throw result.failure
  if (result.kind === 'gone') {
    exchange.outcome = 'client_aborted'
    exchange.status = exchange.committed ? 200 : 499
    exchange.errorCode = 'client_aborted'
    // The provider has the prompt, and may charge for it, even if nothing came back.
    if (result.reached) exchange.consumed = true
    return
  }
  if (result.kind === 'relayed') return
  exchange.status = result.status
  const failed = result.status >= 400
  const body = failed ? hideCredential(exchange.served?.provider, result.body) : result.body
  exchange.answer = { status: result.status, headers: null, body }
  exchange.upstreamHeaders = result.headers
  if (!failed) return
  const error = embeddedError(body.toString('utf8'))
  exchange.outcome = 'upstream_error'
  exchange.errorCode = error.code
  exchange.message = error.message
  if (!exchange.translation) return
  const refusal = translatedError(exchange, result.status, error)
  exchange.status = refusal.status
  const told = errorBody(exchange.operation.family, refusal, exchange.id)
  exchange.answer = { status: refusal.status, headers: null, body: told }
}
