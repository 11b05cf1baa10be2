import { setTimeout as sleep } from 'node:timers/promises'
import { translationFor, upstreamOperation } from '#gateway/dialects/translation.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { ForbiddenAddressError } from '#gateway/providers/address-guard.ts'
import type { Target } from '#gateway/providers/targets.ts'
import { Refusal } from '#gateway/refusal.ts'
import { callOutcome, NOTHING_LEARNT } from '#gateway/routing/call-outcome.ts'
import type { Deployment } from '#gateway/routing/deployment.ts'
import { notServedThere } from '#gateway/routing/inexpressible.ts'
import { outageFor, simulateOutage } from '#gateway/routing/simulated-outage.ts'
import { Attempt } from './attempt.ts'
import type { AttemptResult } from './attempt-result.ts'
import { authorized, isStale, renewCredential, type UpstreamRequest } from './authorize.ts'
import { readAnswer } from './read-answer.ts'
import { remainingMs, retryDelayMs } from './retry.ts'
import { upstreamFailure } from './upstream-failure.ts'
import { upstreamBody, upstreamHeaders, upstreamPath } from './upstream-request.ts'
import { refusesUsageOption } from './usage-option.ts'

/** One call, ready to be made, of the target that a candidate stands for. */
interface Call extends UpstreamRequest {
  readonly target: Target
  /** Milliseconds that it has for its first byte; null: as long as the caller waits. */
  readonly firstByteMs: number | null
}

/**
 * Calls one candidate; the last one that is left, once more when that can help. Null: its circuit lets nothing
 * through. Throws a Refusal when the request cannot be put to it.
 */
export async function callCandidate(
  exchange: Exchange,
  candidate: Candidate,
  deployment: Deployment,
  isLast: boolean,
): Promise<AttemptResult | null> {
  const call = prepare(exchange, candidate, isLast)
  let result = await attemptOnce(exchange, candidate, deployment, call)
  if (result && isStale(exchange, call.target, result) && (await renewCredential(exchange, call.target))) {
    result = (await attemptOnce(exchange, candidate, deployment, call)) ?? result
  }
  if (result && refusesUsageOption(exchange, candidate, result)) {
    const { target } = call
    const body = upstreamBody(exchange, candidate, { wire: target.wire, learnt: { refusesUsageOption: true } })
    result = (await attemptOnce(exchange, candidate, deployment, { ...call, body })) ?? result
    target.learnt.refusesUsageOption = result.kind === 'relayed'
  }
  const delay = result && isLast ? retryDelayMs(exchange, result) : null
  if (delay === null) return result
  const began = performance.now()
  await sleep(delay)
  exchange.upstreamMs += performance.now() - began
  if (exchange.clientGone) return { kind: 'gone', reached: false }
  exchange.services.metrics.retries++
  return (await attemptOnce(exchange, candidate, deployment, call)) ?? result
}

function prepare(exchange: Exchange, candidate: Candidate, isLast: boolean): Call {
  exchange.served = candidate
  exchange.upstream = upstreamOperation(exchange.operation, candidate.model) ?? exchange.operation
  exchange.translation = translationFor(exchange, candidate, exchange.upstream)
  const target = findTarget(exchange, candidate)
  return {
    target,
    path: upstreamPath(exchange, target),
    headers: upstreamHeaders(exchange, target),
    body: upstreamBody(exchange, candidate, target),
    firstByteMs: isLast ? null : (exchange.plan?.route?.document.attemptTimeoutMs ?? null),
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
  throw notServedThere(candidate.provider)
}

async function attemptOnce(
  exchange: Exchange,
  candidate: Candidate,
  deployment: Deployment,
  call: Call,
): Promise<AttemptResult | null> {
  const admission = deployment.admit(performance.now())
  if (!admission) return null
  try {
    let made = await make(exchange, candidate, call)
    if (isStaleConnection(made.result) && !exchange.clientGone) {
      // It reached nobody: neither an attempt, nor a failure of the provider.
      exchange.attempts.pop()
      made = await make(exchange, candidate, call)
    }
    const { attempt, result, ms } = made
    deployment.settle(admission, callOutcome(exchange, attempt, result, ms))
    return result
  } catch (error) {
    // Whatever went wrong here, the deployment's one probe must not stay out for ever.
    deployment.settle(admission, NOTHING_LEARNT)
    throw error
  }
}

/** A call that was made, and how long it took. */
interface Made {
  readonly attempt: Attempt
  readonly result: AttemptResult
  readonly ms: number
}

function isStaleConnection(result: AttemptResult): boolean {
  return result.kind === 'failed' && result.stale === true
}

/** Makes the call, or meets the outage that a drill has in its place. */
async function make(exchange: Exchange, candidate: Candidate, call: Call): Promise<Made> {
  const attempt = new Attempt(exchange)
  const began = performance.now()
  exchange.attempt = attempt
  forgetFormer(exchange)
  const { model, provider } = candidate
  exchange.attempts.push({ providerId: provider.id, modelId: model.id, status: null, ms: 0, error: null })
  if (exchange.clientGone) attempt.leave()
  const outage = outageFor(exchange, candidate)
  if (outage) attempt.finish(await simulateOutage(outage, call.firstByteMs ?? remainingMs(exchange)))
  else {
    const proof = authorized(exchange, call.target, call)
    start(exchange, attempt, call, proof instanceof Promise ? await proof : proof)
  }
  const result = readAnswer(exchange, await attempt.done)
  const ms = performance.now() - began
  exchange.upstreamMs += ms
  noteAttempt(exchange, attempt, result, ms)
  return { attempt, result, ms }
}

function noteAttempt(exchange: Exchange, attempt: Attempt, result: AttemptResult, ms: number): void {
  const entry = exchange.attempts.at(-1)
  if (!entry) return
  entry.ms = Math.round(ms * 1000) / 1000
  entry.status = attempt.status
  if (result.kind === 'failed') entry.error = result.failure.code
  else if (result.kind === 'gone') entry.error = 'client_left'
  else if (result.kind === 'relayed') entry.error = exchange.errorCode
}

function start(exchange: Exchange, attempt: Attempt, call: Call, headers: readonly string[] | Refusal): void {
  if (headers instanceof Refusal) {
    attempt.finish({ kind: 'failed', failure: headers, reached: false })
    return
  }
  const { target, path, body, firstByteMs } = call
  attempt.start(target, { path, headers, body, firstByteMs, headersTimeout: Math.max(1, remainingMs(exchange)) })
}

/** What an attempt that failed said of usage does not hold for the next one. */
function forgetFormer(exchange: Exchange): void {
  exchange.consumed = false
  exchange.reportedUsage = null
  exchange.usageFinal = false
  exchange.generated = 0
  exchange.parsedAnswer = null
}
