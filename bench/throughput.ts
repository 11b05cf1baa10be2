import { type Flags, readFlags, type TargetName } from './flags.ts'
import { type Measurement, median } from './measurement.ts'
import { installPeers } from './peers.ts'
import { comparison, loadAverage, type Results, type Scenario, table, writeSection } from './report.ts'
import { bodies } from './request-body.ts'
import { type Target, withTargets } from './targets.ts'

const ROUNDS = 3
const WARM_UP_SECONDS = 2

const flags = flagsOrExit()
const loadBefore = loadAverage()
installPeers()
const results = await withTargets(flags.targets, targets => measureAll(targets, flags))

const report = [table(results), '', ...comparison(results)].join('\n')
process.stdout.write(`\n${report}\n`)
if (!flags.quick) writeSection('throughput', report, `${flags.seconds} s a round`, loadBefore)

function flagsOrExit(): Flags {
  try {
    return readFlags(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

/** Rounds are interleaved, so that a slow moment of the machine hits every target alike. */
async function measureAll(targets: Target[], { seconds, ...asked }: Flags): Promise<Results> {
  // Loaded here because the load generator may just have been installed.
  const { measure } = await import('./load.ts')
  for (const target of targets) {
    const warmUp = { connections: 32, seconds: WARM_UP_SECONDS, kilobytes: 1, streamed: false }
    const { failed } = await measure(target, warmUp)
    if (failed > 0) throw new Error(`${target.name} fails: ${await firstAnswer(target)}`)
  }
  const results: [Scenario, Map<TargetName, Measurement>][] = []
  for (const scenario of scenariosOf(asked)) {
    const rounds = new Map<TargetName, Measurement[]>(targets.map(target => [target.name, []]))
    for (let round = 1; round <= ROUNDS; round++) {
      for (const target of targets) rounds.get(target.name)?.push(await measure(target, { ...scenario, seconds }))
    }
    const medians = new Map([...rounds].map(([name, measurements]) => [name, median(measurements)]))
    const speeds = [...medians].map(([name, one]) => `${name} ${one.requestsPerSecond.toFixed(0)}`)
    const { kilobytes, connections, streamed } = scenario
    process.stdout.write(
      `${kilobytes} KB, ${connections} connections${streamed ? ', streamed' : ''}: ${speeds.join(', ')}\n`,
    )
    results.push([scenario, medians])
  }
  return results
}

function scenariosOf({ answers, kilobytes, connections }: Pick<Flags, 'answers' | 'kilobytes' | 'connections'>) {
  return answers.flatMap(answer =>
    kilobytes.flatMap(size =>
      connections.map(count => ({ connections: count, kilobytes: size, streamed: answer === 'streamed' })),
    ),
  )
}

async function firstAnswer(target: Target): Promise<string> {
  const headers = { 'content-type': 'application/json', ...target.headers }
  const body = bodies({ connections: 1, seconds: 1, kilobytes: 1, streamed: false })()
  const response = await fetch(`${target.url}/v1/chat/completions`, { method: 'POST', headers, body })
  return `${response.status} ${(await response.text()).slice(0, 300)}`
}
