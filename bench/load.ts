import autocannon from 'autocannon'
import { cpuMicros } from './child.ts'
import type { Measurement } from './measurement.ts'
import type { Target } from './targets.ts'

export type Load = { readonly connections: number; readonly seconds: number; readonly body: string }

/** Sends as many requests as the target takes over so many connections, for so long. */
export async function measure(target: Target, load: Load): Promise<Measurement> {
  const times: number[] = []
  const before = target.pid === null ? null : cpuMicros(target.pid)
  const result = await run(target, load, times)
  const after = target.pid === null ? null : cpuMicros(target.pid)
  times.sort((a, b) => a - b)
  return {
    requestsPerSecond: times.length / result.duration,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    failed: result.non2xx + result.errors + result.timeouts,
    cpuMicrosPerRequest:
      before === null || after === null || times.length === 0 ? null : (after - before) / times.length,
  }
}

type Result = Parameters<Parameters<typeof autocannon>[1]>[1] & object

function run(target: Target, load: Load, times: number[]): Promise<Result> {
  return new Promise((resolve, reject) => {
    const instance = autocannon(
      {
        url: `${target.url}/v1/chat/completions`,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...target.headers },
        body: load.body,
        connections: load.connections,
        duration: load.seconds,
      },
      (error, result) => (error ? reject(error) : resolve(result)),
    )
    // The generator's own histogram is in whole milliseconds, too coarse for what is measured here.
    instance.on('response', (_client, _status, _bytes, responseTimeMs) => times.push(responseTimeMs))
  })
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(Math.floor(q * sorted.length), sorted.length - 1)] ?? Number.NaN
}
