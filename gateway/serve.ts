import type { IncomingMessage, ServerResponse } from 'node:http'
import { keepAnswer } from './cache/keep-answer.ts'
import { errorEvent, refusalBody } from './dialects/error-body.ts'
import { Exchange } from './exchange.ts'
import { noteServedBody } from './large-garbage.ts'
import { errorFields } from './log.ts'
import type { Operation } from './operations.ts'
import { PIPELINE } from './pipeline/pipeline.ts'
import { appendEvent } from './pipeline/record.ts'
import { settleRates, settleRefused } from './pipeline/settle.ts'
import { Refusal } from './refusal.ts'
import { addGatewayHeaders, responseHeaders } from './response-headers.ts'
import type { Services } from './services.ts'

/** Answers up to this size leave together with their head. */
const ONE_WRITE_BYTES = 16_384
const EXCHANGE = Symbol('exchange')
type Served = ServerResponse & { [EXCHANGE]?: Exchange | null }

/** Takes one request through the pipeline and answers it. Never rejects. */
export async function serve(
  services: Services,
  operation: Operation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const exchange = new Exchange(services, operation, request, response)
  services.metrics.begin()
  ;(response as Served)[EXCHANGE] = exchange
  response.on('close', onClose)
  exchange.span = services.tracing?.startRequest(exchange) ?? null
  try {
    await govern(exchange)
  } catch (error) {
    await refuse(exchange, error)
  } finally {
    settleRates(exchange)
  }
  ;(response as Served)[EXCHANGE] = null
  try {
    deliver(exchange)
  } catch (error) {
    services.log.error({ requestId: exchange.id, error: errorFields(error) }, 'an answer could not be sent')
    response.destroy()
  }
  services.metrics.end(exchange)
  if (exchange.raw) noteServedBody(exchange.raw.length)
  if (exchange.cache) keep(exchange)
  exchange.span?.end(exchange)
}

async function govern(exchange: Exchange): Promise<void> {
  exchange.stageBegan = performance.now()
  for (const stage of PIPELINE) {
    if (stage.skippedOnHit && exchange.cache?.outcome === 'hit') {
      exchange.stageMs.push(0)
      exchange.stageOutcomes.push('skipped')
      continue
    }
    const pending = stage.run(exchange)
    if (pending) await pending
    const now = performance.now()
    exchange.stageMs.push(now - exchange.stageBegan)
    exchange.stageBegan = now
    exchange.stageOutcomes.push(stage.passThrough ? 'skipped' : 'ok')
  }
}

/** What fails here fails nobody: the request has been answered. */
function keep(exchange: Exchange): void {
  try {
    keepAnswer(exchange)
  } catch (error) {
    exchange.services.log.warn({ requestId: exchange.id, error: errorFields(error) }, 'an answer could not be kept')
  }
}

/** A client that leaves ends the provider's work too. */
function onClose(this: Served): void {
  const exchange = this[EXCHANGE]
  if (!exchange || this.writableFinished) return
  exchange.clientGone = true
  exchange.attempt?.leave()
}

/** Turns what a stage threw into the answer, and keeps evidence of it when it is known whose request it is. */
async function refuse(exchange: Exchange, error: unknown): Promise<void> {
  const refusal = error instanceof Refusal ? error : unexpected(exchange, error)
  settleRefused(exchange)
  exchange.outcome = refusal.outcome
  exchange.errorCode = refusal.code
  exchange.message = refusal.message
  exchange.rule = refusal.rule
  if (!exchange.committed) exchange.status = refusal.status
  const body = exchange.committed ? errorEvent(exchange, refusal) : refusalBody(exchange, refusal)
  exchange.answer = { status: refusal.status, headers: refusal.headers, body }
  const unrecorded = exchange.stageOutcomes.length < PIPELINE.length - 1
  if (exchange.key && unrecorded) await appendEvent(exchange).catch(() => {})
}

function unexpected(exchange: Exchange, error: unknown): Refusal {
  const stage = PIPELINE[exchange.stageOutcomes.length]?.name
  exchange.services.log.error({ requestId: exchange.id, stage, error: errorFields(error) }, 'a stage failed')
  const words = 'The gateway failed to process this request and refused it. Operations can find it by its request id.'
  return new Refusal(500, 'gateway_error', words, { outcome: 'gateway_error' })
}

/** Sends what is left to send: the whole answer, or the end of a stream. */
function deliver(exchange: Exchange): void {
  const { response, answer } = exchange
  if (response.destroyed || !answer) {
    if (!response.writableEnded) response.destroy()
    return
  }
  if (exchange.committed) {
    response.end(answer.body)
    return
  }
  const headers =
    answer.headers === null ? responseHeaders(exchange, exchange.upstreamHeaders) : ownHeaders(exchange, answer.headers)
  headers.push('content-length', String(answer.body.length))
  response.writeHead(exchange.status, headers)
  // Node sends head and text in one write, but head and bytes in two; Latin-1 keeps every byte as it is.
  if (answer.body.length <= ONE_WRITE_BYTES) response.end(answer.body.toString('latin1'), 'latin1')
  else response.end(answer.body)
}

function ownHeaders(exchange: Exchange, given: readonly string[]): string[] {
  const headers = ['content-type', 'application/json', ...given]
  addGatewayHeaders(exchange, headers)
  return headers
}
