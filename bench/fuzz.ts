import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type FuzzReport, runFuzz } from '../test/fuzz/run-fuzz.ts'
import { FUZZ_MODELS, fuzzConfig } from './fuzz-config.ts'
import { startGatehouse } from './gatehouse.ts'
import { startUpstream } from './targets.ts'

/**
 * Sends malformed requests over every route of a gateway and tells what came back, and what its memory did:
 * `npm run bench -- fuzz --requests 100000 --seed 1`. Ends with status 1 when the gateway failed at one of them.
 */
const { values } = parseArgs({
  args: process.argv.slice(process.argv.indexOf('fuzz') + 1).filter(arg => !arg.endsWith('fuzz.ts')),
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
})
const REQUESTS = Number(values.requests)
const CONNECTIONS = 32
/** Memory grows while code is compiled and pools fill: what counts is from here on. */
const WARM_UP = Math.min(20_000, REQUESTS / 5)

const upstream = await startUpstream()
const gateway = await startGatehouse(upstream.url, {
  config: fuzzConfig,
  env: { GATEWAY_MAX_BODY_BYTES: '262144', GATEWAY_STALL_TIMEOUT_MS: '2000' },
})
let failed = true
try {
  if (!gateway || gateway.pid === null) throw new Error('the run needs a gateway of its own: unset GATEWAY_URL')
  const { pid } = gateway
  const samples: { sent: number; mebibytes: number }[] = []
  const began = performance.now()
  const report = await runFuzz({
    url: gateway.url,
    key: gateway.headers.authorization?.replace('Bearer ', '') ?? '',
    models: FUZZ_MODELS,
    requests: REQUESTS,
    seed: Number(values.seed),
    connections: CONNECTIONS,
    onProgress: sent => samples.push({ sent, mebibytes: residentMebibytes(pid) }),
  })
  const alive = (await fetch(`${gateway.url}/healthz`)).ok
  print(report, (performance.now() - began) / 1000, samples)
  failed = !alive || report.defects.length > 0
  process.stdout.write(failed ? 'FAILED\n' : 'The gateway is alive and answered every request as it should.\n')
} finally {
  await Promise.all([gateway?.stop(), upstream.stop()])
}
process.exit(failed ? 1 : 0)

function print(report: FuzzReport, seconds: number, samples: { sent: number; mebibytes: number }[]): void {
  const line = (counts: Map<unknown, number>) =>
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([name, times]) => `${name}: ${times}`)
      .join(', ')
  process.stdout.write(`\n${report.sent} requests in ${seconds.toFixed(0)} s, seed ${values.seed}\n`)
  process.stdout.write(`kinds     ${line(report.kinds)}\nstatuses  ${line(report.statuses)}\n`)
  const settled = samples.filter(({ sent }) => sent >= WARM_UP)
  const thirds = [0, 1, 2].map(third =>
    settled.slice((settled.length * third) / 3, (settled.length * (third + 1)) / 3).map(({ mebibytes }) => mebibytes),
  )
  const means = thirds.map(third => (third.reduce((sum, one) => sum + one, 0) / third.length).toFixed(0))
  const most = Math.max(...samples.map(({ mebibytes }) => mebibytes))
  process.stdout.write(
    `memory    ${means.join(', ')} MiB on average in each third after ${WARM_UP}; ${most} MiB at most\n`,
  )
  for (const defect of report.defects) process.stdout.write(`\nDEFECT ${defect}\n`)
}

function residentMebibytes(pid: number): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  } catch {
    return Number.NaN
  }
}
