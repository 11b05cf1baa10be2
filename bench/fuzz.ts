import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type FuzzReport, runFuzz } from '../test/fuzz/run-fuzz.ts'
import { loadAverage, markdownTable, writeSection } from './report.ts'
import { withTargets } from './targets.ts'

/**
 * Sends malformed requests over every route of the governed gateway and tells what came back, and what its memory did:
 * `npm run bench -- fuzz --requests 100000 --seed 1`. Ends with 1 when the gateway failed at one of them, or grew by a
 * tenth from the second third of the run to the last.
 */
const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
})
const REQUESTS = Number(values.requests)
const CONNECTIONS = 32
const GROWTH = 1.1

/** Small enough that a run has many bodies beyond it. */
process.env.GATEWAY_MAX_BODY_BYTES = '262144'
/** Clients that stop in the middle of a body are not waited for long. */
process.env.GATEWAY_STALL_TIMEOUT_MS = '2000'

const loadBefore = loadAverage()
const began = performance.now()
const samples: number[] = []
const { report, alive } = await withTargets(['gatehouse'], async ([target]) => {
  if (!target || target.pid === null) throw new Error('the run needs a gateway of its own: unset GATEWAY_URL')
  const { url, pid, headers } = target
  const key = headers.authorization?.replace('Bearer ', '') ?? ''
  const models = {
    chat: 'sandbox-gpt',
    messages: 'sandbox-claude',
    embeddings: 'sandbox-embed',
    moderations: 'sandbox-moderation',
  }
  const found = await runFuzz({
    url,
    key,
    models,
    requests: REQUESTS,
    seed: Number(values.seed),
    connections: CONNECTIONS,
    onProgress: () => samples.push(residentMegabytes(pid)),
  })
  return { report: found, alive: (await fetch(`${url}/healthz`)).ok }
})

const thirds = [0, 1, 2].map(third => {
  const part = samples.slice((samples.length * third) / 3, (samples.length * (third + 1)) / 3)
  return part.reduce((sum, one) => sum + one, 0) / part.length
})
const [, second = Number.NaN, last = Number.NaN] = thirds
const flat = last <= second * GROWTH
const text = [
  `${report.sent} malformed requests in ${((performance.now() - began) / 1_000).toFixed(0)} s, seed ${values.seed}: ${report.defects.length} defects, ${report.statuses.get(500) ?? 0} answers with status 500, the process ${alive ? 'alive' : 'gone'}.`,
  `Memory: ${thirds.map(mean => mean.toFixed(0)).join(', ')} MB on average in each third, ${Math.max(...samples).toFixed(0)} MB at most.`,
  '',
  countsOf('status', report.statuses),
  '',
  countsOf('what was wrong', report.kinds),
].join('\n')
process.stdout.write(`\n${text}\n`)
for (const defect of report.defects) process.stdout.write(`\nDEFECT ${defect}\n`)
writeSection('fuzz', text, `${REQUESTS} requests`, loadBefore)
process.exit(alive && flat && report.defects.length === 0 ? 0 : 1)

function countsOf(name: string, counts: FuzzReport['statuses'] | FuzzReport['kinds']): string {
  const rows = [...counts].sort((a, b) => b[1] - a[1]).map(([what, times]) => [String(what), String(times)])
  return markdownTable([name, 'requests'], rows)
}

/** Resident memory of a process, from /proc. */
function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024
}
