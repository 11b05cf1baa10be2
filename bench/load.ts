import autocannon from 'autocannon'
import { cpuMicros } from './child.ts'
import { type Measurement, quantile } from './measurement.ts'
import { bodies, type Load } from './request-body.ts'
import { sendStreams } from './streams.ts'
import type { Target } from './targets.ts'

/** Sends as many requests as the target takes over so many connections, for so long. */
export async function measure(target: Target, load: Load): Promise<Measurement> {
  const before = target.pid === null ? null : cpuMicros(target.pid)
  const sent = load.streamed ? await sendStreams(target, load) : await sendWhole(target, load)
  const after = target.pid === null ? null : cpuMicros(target.pid)
  const { times, firstTokens, failed, seconds } = sent
  times.sort((a, b) => a - b)
  firstTokens.sort((a, b) => a - b)
  return {
    requestsPerSecond: times.length / seconds,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    firstTokenP50Ms: firstTokens.length > 0 ? quantile(firstTokens, 0.5) : null,
    firstTokenP99Ms: firstTokens.length > 0 ? quantile(firstTokens, 0.99) : null,
    failed,
    cpuMicrosPerRequest:
      before === null || after === null || times.length === 0 ? null : (after - before) / times.length,
  }
}

/** What a load brought back: times in milliseconds. */
export type Sent = { times: number[]; firstTokens: number[]; failed: number; seconds: number }

function sendWhole(target: Target, load: Load): Promise<Sent> {
  const times: number[] = []
  const next = bodies(load)
  return new Promise((resolve, reject) => {
    const instance = autocannon(
      {
        url: `${target.url}/v1/chat/completions`,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...target.headers },
        requests: [{ setupRequest: request => ({ ...request, body: next() }) }],
        connections: load.connections,
        duration: load.seconds,
        timeout: 60,
      },
      (error, { non2xx, errors, timeouts, duration }) =>
        error
          ? reject(error)
          : resolve({ times, firstTokens: [], failed: non2xx + errors + timeouts, seconds: duration }),
    )
    // The generator's own histogram is in whole milliseconds, too coarse for what is measured here.
    instance.on('response', (_client, _status, _bytes, responseTimeMs) => times.push(responseTimeMs))
  })
}
