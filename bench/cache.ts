import { newId } from '../core/ids.ts'
import { startPlain } from './gatehouse.ts'
import { measure } from './load.ts'
import { type Measurement, median } from './measurement.ts'
import type { PlainConfig } from './plain-config.ts'
import { startUpstream, type Target } from './targets.ts'

/** What the response cache costs those it does not help, and what it gives those it does. */
const ROUNDS = Number(process.env.ROUNDS ?? 5)
const SECONDS = Number(process.env.SECONDS ?? 3)
const CONNECTIONS = [1, 32]
/** So few different requests that all of them are kept. */
const LOAD = { kilobytes: 1, streamed: false, distinct: 100 }
const WORKLOAD = { 'x-gatehouse-workload': 'cached' }

const upstream = await startUpstream()
const without = await startPlain(upstream.url)
const withPolicy = await startPlain(upstream.url, addPolicy)
const variants: Record<string, Target> = {
  'no policy': without,
  'a policy, another workload': withPolicy,
  'covered, bypass': { ...withPolicy, headers: { ...withPolicy.headers, ...WORKLOAD, 'x-gatehouse-cache': 'bypass' } },
  'covered, refresh': {
    ...withPolicy,
    headers: { ...withPolicy.headers, ...WORKLOAD, 'x-gatehouse-cache': 'refresh' },
  },
  'covered, hit': { ...withPolicy, headers: { ...withPolicy.headers, ...WORKLOAD } },
}

try {
  console.log('| connections | | requests/s | to no policy | p50 ms | p99 ms | CPU µs/request | failed |')
  console.log('| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |')
  for (const connections of CONNECTIONS) print(connections, await measureAll(connections))
} finally {
  await Promise.all([without, withPolicy, upstream].map(target => target.stop()))
}

/** Rounds are interleaved, so that a slow moment of the machine hits every variant alike. */
async function measureAll(connections: number): Promise<Map<string, Measurement>> {
  const rounds = new Map<string, Measurement[]>()
  for (const target of Object.values(variants)) await measure(target, { ...LOAD, connections: 8, seconds: 1 })
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, target] of Object.entries(variants)) {
      const one = await measure(target, { ...LOAD, connections, seconds: SECONDS })
      rounds.set(name, [...(rounds.get(name) ?? []), one])
    }
  }
  return new Map([...rounds].map(([name, measurements]) => [name, median(measurements)]))
}

function print(connections: number, results: ReadonlyMap<string, Measurement>): void {
  const base = results.get('no policy')?.requestsPerSecond ?? Number.NaN
  for (const [name, { requestsPerSecond, p50Ms, p99Ms, cpuMicrosPerRequest, failed }] of results) {
    const figures = [
      connections,
      name,
      requestsPerSecond.toFixed(0),
      `${((requestsPerSecond / base) * 100).toFixed(1)} %`,
      p50Ms.toFixed(2),
      p99Ms.toFixed(2),
      cpuMicrosPerRequest?.toFixed(0) ?? '–',
      failed,
    ]
    console.log(`| ${figures.join(' | ')} |`)
  }
}

function addPolicy(rows: PlainConfig['rows']): PlainConfig['rows'] {
  const [first] = rows
  if (!first) return rows
  const doc = {
    name: 'Benchmark',
    scope: 'workload',
    target: WORKLOAD['x-gatehouse-workload'],
    enabled: true,
    ttlSeconds: 3_600,
    sharing: 'team',
    shared: false,
    deterministicOnly: false,
    includeTools: false,
    maxAnswerBytes: 262_144,
    maxBytes: 16_777_216,
  }
  return [...rows, { ...first, kind: 'cache_policy', id: newId(), version: String(rows.length + 1), doc }]
}
