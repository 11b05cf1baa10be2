import { quantile } from './measurement.ts'
import { installPeers } from './peers.ts'
import { loadAverage, markdownTable, writeSection } from './report.ts'
import { sendStreams } from './streams.ts'
import { withTargets } from './targets.ts'

/**
 * So many streams at once (512, or as many as the first argument says), each of 100 tokens 20 ms apart: when the first
 * token comes, and the longest silence within a stream, beside the upstream itself.
 */
const STREAMS = Number(process.argv[2] ?? 512)
const SECONDS = 15
const FAULT = 'tokens=100; chunk-delay=20'

const loadBefore = loadAverage()
installPeers()
const rows = await withTargets(['sandbox', 'bare', 'portkey', 'gatehouse'], async targets => {
  const found: string[][] = []
  for (const target of targets) {
    const load = { connections: STREAMS, seconds: SECONDS, kilobytes: 1, streamed: true, fault: FAULT }
    await sendStreams(target, { ...load, seconds: 1 })
    const { times, firstTokens, gaps, failed } = await sendStreams(target, load)
    for (const values of [firstTokens, gaps]) values.sort((a, b) => a - b)
    const at = (values: number[], share: number) => quantile(values, share).toFixed(1)
    found.push([
      target.name,
      String(times.length),
      at(firstTokens, 0.5),
      at(firstTokens, 0.99),
      at(gaps, 0.5),
      at(gaps, 0.99),
      at(gaps, 1),
      String(failed),
    ])
    process.stdout.write(`${target.name}: ${times.length} streams, ${failed} failed\n`)
  }
  return found
})
const head = [
  'target',
  'streams',
  'first token p50 ms',
  'p99 ms',
  'longest silence p50 ms',
  'p99 ms',
  'worst ms',
  'failed',
]
const report = `${STREAMS} streams at once, 100 tokens each, 20 ms apart.\n\n${markdownTable(head, rows)}`
process.stdout.write(`\n${report}\n`)
writeSection('streaming', report, `${SECONDS} s a target`, loadBefore)
