import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import type { TargetName } from './flags.ts'
import type { Measurement } from './measurement.ts'
import type { Load } from './request-body.ts'

/** What the targets were compared at. */
export type Scenario = Pick<Load, 'connections' | 'kilobytes' | 'streamed'>
export type Results = readonly (readonly [Scenario, ReadonlyMap<TargetName, Measurement>])[]

const DOCUMENT = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url))

const HEAD = [
  'answer',
  'body',
  'connections',
  'target',
  'requests/s',
  'to bare',
  'p50 ms',
  'p99 ms',
  'first token p50, p99 ms',
  'CPU µs/request',
  'failed',
]

/** The results as a Markdown table, also fit for a terminal. */
export function table(results: Results): string {
  const rows = results.flatMap(([scenario, targets]) => {
    const bare = targets.get('bare')?.requestsPerSecond
    return [...targets].map(([name, one]) => [
      scenario.streamed ? 'streamed' : 'whole',
      size(scenario.kilobytes),
      String(scenario.connections),
      name,
      one.requestsPerSecond.toFixed(0),
      bare ? `${((one.requestsPerSecond / bare) * 100).toFixed(0)} %` : '–',
      one.p50Ms.toFixed(2),
      one.p99Ms.toFixed(2),
      one.firstTokenP50Ms === null ? '–' : `${one.firstTokenP50Ms.toFixed(2)}, ${one.firstTokenP99Ms?.toFixed(2)}`,
      one.cpuMicrosPerRequest?.toFixed(0) ?? '–',
      String(one.failed),
    ])
  })
  return markdownTable(HEAD, rows)
}

/** Rows under a head, each column as wide as its widest cell. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

/** Governed throughput beside its peers, and its added latency at one connection, a sentence a line. */
export function comparison(results: Results): string[] {
  return results.flatMap(([scenario, targets]) => {
    const own = targets.get('gatehouse') ?? targets.get('gatehouse-plain')
    if (!own) return []
    const [bare, portkey, upstream] = (['bare', 'portkey', 'sandbox'] as const).map(name => targets.get(name))
    const { connections } = scenario
    const parts = [
      bare && `${((own.requestsPerSecond / bare.requestsPerSecond) * 100).toFixed(0)} % of the bare proxy's throughput`,
      portkey &&
        portkey.requestsPerSecond > 0 &&
        `${(own.requestsPerSecond / portkey.requestsPerSecond).toFixed(1)} × Portkey's`,
      bare && cpuRatio(own, bare, "the bare proxy's"),
      portkey && cpuRatio(own, portkey, "Portkey's"),
      // Under saturation the wait is the generator's queue, so only one connection shows what is added.
      connections === 1 && upstream && added(own, upstream),
    ]
    const name = `${scenario.streamed ? 'Streamed' : 'Whole'} answers, ${size(scenario.kilobytes)}`
    const said = parts.filter(Boolean).join(', ')
    return said ? [`- ${name}, ${connections} connection${connections === 1 ? '' : 's'}: ${said}.`] : []
  })
}

function size(kilobytes: number): string {
  return kilobytes % 1024 === 0 ? `${kilobytes / 1024} MB` : `${kilobytes} KB`
}

function added(own: Measurement, upstream: Measurement): string {
  if (own.firstTokenP50Ms !== null && upstream.firstTokenP50Ms !== null) {
    return `${(own.firstTokenP50Ms - upstream.firstTokenP50Ms).toFixed(2)} ms added to the first token at the median`
  }
  const p99 = (own.p99Ms - upstream.p99Ms).toFixed(2)
  return `${(own.p50Ms - upstream.p50Ms).toFixed(2)} ms added at the median, ${p99} ms at the 99th percentile`
}

function cpuRatio(own: Measurement, other: Measurement, whose: string): string | null {
  if (own.cpuMicrosPerRequest === null || other.cpuMicrosPerRequest === null) return null
  return `${(own.cpuMicrosPerRequest / other.cpuMicrosPerRequest).toFixed(2)} × ${whose} processor time`
}

/** Processes that wanted the processor in the last minute, to be read before a run: other work makes it uncertain. */
export function loadAverage(): number {
  return os.loadavg()[0] ?? Number.NaN
}

/** Writes a section of docs/benchmarks.md, with the date, machine, versions and how busy the machine was before. */
export function writeSection(name: string, text: string, length: string, loadBefore: number): void {
  const model = os.cpus()[0]?.model.trim() ?? 'unknown processor'
  const date = new Date().toISOString().slice(0, 10)
  const machine = `${os.availableParallelism()} cores (${model}), Node ${process.versions.node}`
  const circumstances = `${date}, ${machine}, ${length}, load average before the run ${loadBefore.toFixed(1)}.`
  writeBetweenMarkers(DOCUMENT, name, `${circumstances}\n\n${text}`)
  process.stdout.write('written to docs/benchmarks.md\n')
}

/** Puts text between the markers of a section of a document. Throws when it has none of that name. */
export function writeBetweenMarkers(path: string, name: string, text: string): void {
  const [first, last] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`]
  const document = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const start = document.indexOf(first)
  const end = document.indexOf(last)
  if (start < 0 || end < start) throw new Error(`${path} lacks the markers ${first} and ${last}; put them back.`)
  writeFileSync(path, `${document.slice(0, start + first.length)}\n\n${text}\n\n${document.slice(end)}`)
}
