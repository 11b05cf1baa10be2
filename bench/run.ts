import { fileURLToPath } from 'node:url'
import { type Flags, readFlags, type TargetName } from './flags.ts'
import { type Measurement, median } from './measurement.ts'
import { installPeers } from './peers.ts'
import { circumstances, comparison, loadAverage, type Results, table, writeBetweenMarkers } from './report.ts'
import { startTarget, startUpstream, type Target } from './targets.ts'

const ROUNDS = 3
const WARM_UP_SECONDS = 1
const DOCUMENT = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url))

/** About 1 KB, as a short chat with a system prompt. */
const BODY = JSON.stringify({
  model: process.env.GATEHOUSE_MODEL ?? 'sandbox-gpt',
  messages: [
    { role: 'system', content: 'You are a helpful assistant. '.repeat(30) },
    { role: 'user', content: 'Hello, who are you?' },
  ],
})

const flags = flagsOrExit()
const loadBefore = loadAverage()
installPeers()
const results = await withTargets(flags, targets => measureAll(targets, flags))

const report = [table(results), '', ...comparison(results)].join('\n')
process.stdout.write(`\n${report}\n`)
if (!flags.quick) {
  writeBetweenMarkers(DOCUMENT, `${circumstances(flags.seconds, loadBefore)}\n\n${report}`)
  process.stdout.write('written to docs/benchmarks.md\n')
}

function flagsOrExit(): Flags {
  try {
    return readFlags(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

async function withTargets<T>(flags: Flags, use: (targets: Target[]) => Promise<T>): Promise<T> {
  const upstream = await startUpstream()
  const started: Target[] = []
  try {
    for (const name of flags.targets) {
      const target = await startTarget(name, upstream)
      if (target) started.push(target)
    }
    return await use(started)
  } finally {
    await Promise.all([upstream, ...started.filter(target => target !== upstream)].map(target => target.stop()))
  }
}

/** Rounds are interleaved, so that a slow moment of the machine hits every target alike. */
async function measureAll(targets: Target[], flags: Flags): Promise<Results> {
  // Loaded here because the load generator may just have been installed.
  const { measure } = await import('./load.ts')
  for (const target of targets) {
    const warmUp = await measure(target, { connections: 32, seconds: WARM_UP_SECONDS, body: BODY })
    if (warmUp.failed > 0) throw new Error(`${target.name} fails: ${await firstAnswer(target)}`)
  }
  const results = new Map<number, Map<TargetName, Measurement>>()
  for (const connections of flags.connections) {
    const rounds = new Map<TargetName, Measurement[]>(targets.map(target => [target.name, []]))
    for (let round = 1; round <= ROUNDS; round++) {
      for (const target of targets) {
        const one = await measure(target, { connections, seconds: flags.seconds, body: BODY })
        rounds.get(target.name)?.push(one)
        const speed = `${one.requestsPerSecond.toFixed(0)} requests/s`
        process.stdout.write(`${connections} connections, round ${round}: ${target.name} ${speed}\n`)
      }
    }
    results.set(connections, new Map([...rounds].map(([name, measurements]) => [name, median(measurements)])))
  }
  return results
}

async function firstAnswer(target: Target): Promise<string> {
  const headers = { 'content-type': 'application/json', ...target.headers }
  const response = await fetch(`${target.url}/v1/chat/completions`, { method: 'POST', headers, body: BODY })
  return `${response.status} ${(await response.text()).slice(0, 300)}`
}
