import { refusalBody } from '#gateway/dialects/error-body.ts'
import { translatedError } from '#gateway/dialects/translation.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { hideCredential } from '#gateway/providers/hide-credential.ts'
import type { ModelRates } from '#gateway/rate-limits/model-rates.ts'
import { Refusal } from '#gateway/refusal.ts'
import { outOfUse } from '#gateway/routing/plan-refusal.ts'
import { deploymentsOf } from '#gateway/routing/request-plan.ts'
import type { AttemptResult } from '#gateway/upstream/attempt-result.ts'
import { callCandidate } from '#gateway/upstream/call-candidate.ts'
import { embeddedError } from '#gateway/upstream/embedded-error.ts'
import { mayFailOver } from '#gateway/upstream/retry.ts'
import { rateRefusal } from './limit-rates.ts'
import type { PipelineStage } from './stage.ts'

/** Most deployments that one request is put to. */
const MAX_CANDIDATES = 4

/** A candidate that failed, with what the exchange knew of it. */
interface Failure {
  readonly result: AttemptResult
  readonly candidate: Candidate
  readonly upstream: Exchange['upstream']
  readonly translation: Exchange['translation']
}

/** Calls the candidates, one after the other until one answers, and passes a stream on while it comes. */
export const call: PipelineStage = {
  name: 'call',
  skippedOnHit: true,
  async run(exchange) {
    const { plan } = exchange
    if (!plan) throw new Error('a request that is called has a plan')
    const deployments = deploymentsOf(exchange)
    const last = Math.min(exchange.candidates.length, MAX_CANDIDATES) - 1
    let failure: Failure | null = null
    let refusal: Refusal | null = null
    for (const [index, candidate] of exchange.candidates.slice(0, last + 1).entries()) {
      const full = exchange.modelRates ? await takeRates(exchange, exchange.modelRates, candidate) : null
      if (full) {
        refusal ??= rateRefusal(exchange, full)
        continue
      }
      const deployment = deployments.of(candidate.model, candidate.provider)
      let result: AttemptResult | null
      try {
        result = await callCandidate(exchange, candidate, deployment, index === last)
      } catch (error) {
        // One that the request cannot be put to leaves the others.
        if (!(error instanceof Refusal)) throw error
        refusal ??= error
        continue
      }
      if (!result) continue
      if (failure) deployments.of(failure.candidate.model, failure.candidate.provider).failovers++
      exchange.downgraded = index < exchange.cheaper
      if (index === last || !mayFailOver(exchange, result)) return finish(exchange, result)
      failure = { result, candidate, upstream: exchange.upstream, translation: exchange.translation }
    }
    if (!failure) {
      if (!refusal) exchange.served = null
      throw refusal ?? outOfUse(plan, deployments)
    }
    exchange.served = failure.candidate
    exchange.upstream = failure.upstream
    exchange.translation = failure.translation
    finish(exchange, failure.result)
  },
}

function takeRates({ attempts }: Exchange, rates: ModelRates, { model }: Candidate) {
  return rates.take(
    model.id,
    attempts.map(({ modelId }) => modelId),
  )
}

/** The failure of the last candidate, in words that name those which had failed before it. */
function withEarlier({ attempts, candidates, served }: Exchange, failure: Refusal): Refusal {
  const tried = new Set(attempts.map(({ modelId }) => modelId))
  const before = candidates.filter(({ model }) => model !== served?.model && tried.has(model.id))
  if (before.length === 0) return failure
  const names = before.map(({ model }) => model.document.identifier).join(', ')
  return new Refusal(
    failure.status,
    failure.code,
    `${failure.message} It stood in for ${names}, which failed too.`,
    failure,
  )
}

function finish(exchange: Exchange, result: AttemptResult): void {
  exchange.attempt = null
  if (result.kind === 'failed') throw withEarlier(exchange, result.failure)
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
  const told = refusalBody(exchange, refusal)
  exchange.answer = { status: refusal.status, headers: null, body: told }
}
