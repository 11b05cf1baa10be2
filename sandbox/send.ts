import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Exchange, Wire } from './exchange.ts'
import { type Fault, NO_FAULT } from './faults.ts'
import { errorBodyFor, faultStatus, faultyAnswer } from './faulty-answer.ts'
import type { RequestLog } from './request-log.ts'

/** A request under way. */
export type Call = {
  readonly response: ServerResponse
  readonly id: string
  readonly callerId: string | null
  readonly log: RequestLog
}

const JSON_TYPE = 'application/json'
const STREAM_TYPE = 'text/event-stream; charset=utf-8'

/** Headers of an answer on a wire, as a flat list: names and values in turn. */
export function answerHeaders(wire: Wire, contentType: string, requestId: string): string[] {
  return wire === 'anthropic'
    ? ['content-type', contentType, 'request-id', requestId, 'anthropic-organization-id', 'sandbox']
    : [
        'content-type',
        contentType,
        'x-request-id',
        requestId,
        'openai-version',
        '2020-10-01',
        'openai-organization',
        'sandbox',
      ]
}

/** Sends a whole JSON body at once. */
export function sendJson(call: Call, wire: Wire, status: number, body: Buffer | string, extra: string[] = []): void {
  const headers = answerHeaders(wire, JSON_TYPE, call.id)
  headers.push('content-length', String(Buffer.byteLength(body)), ...extra)
  call.response.writeHead(status, headers).end(body)
}

/** Sends an answer, with what its fault does to it. */
export function send(call: Call, exchange: Exchange, fault: Fault): void {
  if (call.response.destroyed) {
    call.log.aborted(call.callerId)
    return
  }
  if (fault === NO_FAULT && exchange.body) {
    sendJson(call, exchange.wire, 200, exchange.body)
    return
  }
  const left = new AbortController()
  call.response.once('close', () => left.abort())
  sendSlowly(call, exchange, fault, left.signal).catch((error: unknown) => {
    if (!left.signal.aborted) call.response.destroy(error instanceof Error ? error : new Error(String(error)))
  })
}

async function sendSlowly(call: Call, exchange: Exchange, fault: Fault, left: AbortSignal): Promise<void> {
  const { response, log } = call
  const streaming = exchange.frames !== null
  let finished = false
  if (streaming) log.streamOpened()
  response.once('close', () => {
    const completed = finished || response.writableFinished
    if (streaming) log.streamClosed(completed ? 'completed' : 'aborted')
    if (!completed) log.aborted(call.callerId)
  })
  if (fault.latencyMs) await delay(fault.latencyMs, undefined, { signal: left })
  const status = faultStatus(fault, exchange.wire)
  if (status !== null) {
    const extra = fault.retryAfter === undefined ? [] : ['retry-after', String(fault.retryAfter)]
    sendJson(call, exchange.wire, status, errorBodyFor(exchange.wire, status, call.id), extra)
    return
  }
  const { pieces, ending } = faultyAnswer(exchange, fault, call.id)
  if (pieces.length > 0) writeHead(call, exchange, pieces, ending)
  await writePieces(response, pieces, fault.chunkDelayMs ?? 0, left)
  finished = ending !== 'stall'
  if (ending === 'cut') response.destroy()
  if (ending === 'end') response.end()
}

function writeHead(
  { response, id }: Call,
  exchange: Exchange,
  pieces: readonly (string | Buffer)[],
  ending: string,
): void {
  const headers = answerHeaders(exchange.wire, exchange.frames ? STREAM_TYPE : JSON_TYPE, id)
  if (exchange.frames) headers.push('cache-control', 'no-cache')
  else {
    const sent = pieces.reduce((sum, piece) => sum + piece.length, 0)
    headers.push('content-length', String(ending === 'end' ? sent : (exchange.body?.length ?? sent)))
  }
  response.writeHead(200, headers)
}

/** Returns once every piece has been handed to the operating system, so that a cut comes after it. */
async function writePieces(
  response: ServerResponse,
  pieces: readonly (string | Buffer)[],
  pauseMs: number,
  left: AbortSignal,
): Promise<void> {
  let flushed: Promise<void> | null = null
  for (const [position, piece] of pieces.entries()) {
    if (position > 0 && pauseMs > 0) await delay(pauseMs, undefined, { signal: left })
    const { promise, resolve } = Promise.withResolvers<void>()
    flushed = promise
    if (!response.write(piece, () => resolve())) await once(response, 'drain', { signal: left })
  }
  await flushed
}
