import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import type { TargetName } from './flags.ts'
import type { Measurement } from './measurement.ts'

export type Results = ReadonlyMap<number, ReadonlyMap<TargetName, Measurement>>

const START = '<!-- benchmarks:start -->'
const END = '<!-- benchmarks:end -->'

const INTRODUCTION = `# Benchmarks

Measured with \`npm run bench\`: each target in turn, three rounds, medians. The upstream is the sandbox provider, on
the same machine, so only ratios between targets carry over to another machine.

- **sandbox**: the upstream itself, without anything between.
- **bare**: a Fastify + undici proxy that parses, forwards and parses again, and does nothing else.
- **portkey**: the npm release of the Portkey gateway.
- **gatehouse**: the gateway with a governed configuration: key, catalog, rate limit, daily limit, price, and an event
  for every call, on disk before the answer counts as given. It runs without a database here.

CPU is the processor time of the target's own process per request.

`

const HEAD = ['connections', 'target', 'requests/s', 'to bare', 'p50 ms', 'p99 ms', 'CPU µs/request', 'failed']

/** The results as a Markdown table, also fit for a terminal. */
export function table(results: Results): string {
  const rows = [...results].flatMap(([connections, targets]) => {
    const bare = targets.get('bare')?.requestsPerSecond
    return [...targets].map(([name, one]) => [
      String(connections),
      name,
      one.requestsPerSecond.toFixed(0),
      bare ? `${((one.requestsPerSecond / bare) * 100).toFixed(0)} %` : '–',
      one.p50Ms.toFixed(2),
      one.p99Ms.toFixed(2),
      one.cpuMicrosPerRequest?.toFixed(0) ?? '–',
      String(one.failed),
    ])
  })
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]?.length ?? 0)))
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(HEAD), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

/** Gatehouse's throughput beside its peers, and its added latency at one connection, a sentence a line; empty when it was not measured. */
export function comparison(results: Results): string[] {
  return [...results].flatMap(([connections, targets]) => {
    const [own, bare, portkey, upstream] = (['gatehouse', 'bare', 'portkey', 'sandbox'] as const).map(name =>
      targets.get(name),
    )
    if (!own) return []
    const parts = [
      bare && `${((own.requestsPerSecond / bare.requestsPerSecond) * 100).toFixed(0)} % of the bare proxy's throughput`,
      portkey && `${(own.requestsPerSecond / portkey.requestsPerSecond).toFixed(1)} × Portkey's`,
      bare && cpuRatio(own, bare, "the bare proxy's"),
      portkey && cpuRatio(own, portkey, "Portkey's"),
      // Under saturation the wait is the generator's queue, so only one connection shows what is added.
      connections === 1 && upstream && `${(own.p50Ms - upstream.p50Ms).toFixed(2)} ms added at the median`,
    ]
    return [`${connections} connection${connections === 1 ? '' : 's'}: ${parts.filter(Boolean).join(', ')}.`]
  })
}

function cpuRatio(own: Measurement, other: Measurement, whose: string): string | null {
  if (own.cpuMicrosPerRequest === null || other.cpuMicrosPerRequest === null) return null
  return `${(own.cpuMicrosPerRequest / other.cpuMicrosPerRequest).toFixed(2)} × ${whose} processor time`
}

/** Processes that wanted the processor in the last minute, to be read before a run: other work makes it uncertain. */
export function loadAverage(): number {
  return os.loadavg()[0] ?? Number.NaN
}

/** Date, machine, versions and length of a run, and how busy the machine was with other things before it. */
export function circumstances(seconds: number, loadBefore: number): string {
  const model = os.cpus()[0]?.model.trim() ?? 'unknown processor'
  const date = new Date().toISOString().slice(0, 10)
  return `${date}, ${os.availableParallelism()} cores (${model}), Node ${process.versions.node}, ${seconds} s a round, load average before the run ${loadBefore.toFixed(1)}.`
}

/** Puts text between the markers of a document, which is made when it is not there. */
export function writeBetweenMarkers(path: string, text: string): void {
  const document = existsSync(path) ? readFileSync(path, 'utf8') : `${INTRODUCTION}${START}\n${END}\n`
  const start = document.indexOf(START)
  const end = document.indexOf(END)
  if (start < 0 || end < start) throw new Error(`${path} lacks the markers ${START} and ${END}; put them back.`)
  writeFileSync(path, `${document.slice(0, start + START.length)}\n\n${text}\n\n${document.slice(end)}`)
}
