import { quantile } from './measurement.ts'
import { installPeers } from './peers.ts'
import { loadAverage, markdownTable, writeSection } from './report.ts'
import { sendStreams } from './streams.ts'
import { type Target, withTargets } from './targets.ts'

/**
 * So many streams at once (512, or as many as the first argument says): when the first token comes, and the longest
 * silence within a stream, beside the upstream itself. First as they come in a day's work, one after the other, with the
 * machine at a part of its power; then all of them begun in one moment and at a pace that takes all of it.
 */
const STREAMS = Number(process.argv[2] ?? 512)
const SECONDS = 15

interface Kind {
  readonly title: string
  readonly tokens: number
  readonly pauseMs: number
  /** Over how long they begin. */
  readonly spreadMs: number
}

const KINDS: readonly Kind[] = [
  { title: 'begun one after the other, 50 tokens each, 100 ms apart', tokens: 50, pauseMs: 100, spreadMs: 5_000 },
  { title: 'begun in one moment, 100 tokens each, 20 ms apart', tokens: 100, pauseMs: 20, spreadMs: 0 },
]
const HEAD = [
  'target',
  'streams',
  'first token p50 ms',
  'p99 ms',
  'longest silence p50 ms',
  'p99 ms',
  'worst ms',
  'failed',
]

const loadBefore = loadAverage()
installPeers()
const tables = await withTargets(['sandbox', 'bare', 'portkey', 'gatehouse'], async targets => {
  const found: string[] = []
  for (const kind of KINDS) {
    const rows: string[][] = []
    for (const target of targets) rows.push(await rowOf(target, kind))
    found.push(`${STREAMS} streams at once, ${kind.title}.\n\n${markdownTable(HEAD, rows)}`)
  }
  return found
})
const report = tables.join('\n\n')
process.stdout.write(`\n${report}\n`)
writeSection('streaming', report, `${SECONDS} s a target`, loadBefore)

async function rowOf(target: Target, { title, tokens, pauseMs, spreadMs }: Kind): Promise<string[]> {
  const fault = `tokens=${tokens}; chunk-delay=${pauseMs}`
  const load = { connections: STREAMS, seconds: SECONDS, kilobytes: 1, streamed: true, fault }
  await sendStreams(target, { ...load, seconds: 4 }, spreadMs)
  const { times, firstTokens, gaps, failed } = await sendStreams(target, load, spreadMs)
  for (const values of [firstTokens, gaps]) values.sort((a, b) => a - b)
  const at = (values: number[], share: number) => quantile(values, share).toFixed(1)
  process.stdout.write(`${target.name}, ${title}: ${times.length} streams, ${failed} failed\n`)
  return [
    target.name,
    String(times.length),
    at(firstTokens, 0.5),
    at(firstTokens, 0.99),
    at(gaps, 0.5),
    at(gaps, 0.99),
    at(gaps, 1),
    String(failed),
  ]
}
