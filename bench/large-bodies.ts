import { installPeers } from './peers.ts'
import { loadAverage, markdownTable, writeSection } from './report.ts'
import { withTargets } from './targets.ts'

/** What small requests feel while large bodies are inspected beside them: one connection of 1 KB, four of 1 MB. */
const SECONDS = 8

const loadBefore = loadAverage()
installPeers()
const { measure } = await import('./load.ts')
const rows = await withTargets(['sandbox', 'bare', 'gatehouse-plain', 'gatehouse'], async targets => {
  const found: string[][] = []
  for (const target of targets) {
    const small = { connections: 1, seconds: SECONDS, kilobytes: 1, streamed: false }
    await measure(target, { ...small, seconds: 1 })
    const alone = await measure(target, small)
    const [large, beside] = await Promise.all([
      measure(target, { connections: 4, seconds: SECONDS, kilobytes: 1024, streamed: false }),
      measure(target, small),
    ])
    found.push([
      target.name,
      large.requestsPerSecond.toFixed(0),
      ...[alone, beside].flatMap(one => [one.p50Ms.toFixed(2), one.p99Ms.toFixed(2)]),
      String(large.failed + alone.failed + beside.failed),
    ])
  }
  return found
})
const head = ['target', '1 MB requests/s', '1 KB alone p50 ms', 'p99 ms', '1 KB beside p50 ms', 'p99 ms', 'failed']
const report = markdownTable(head, rows)
process.stdout.write(`\n${report}\n`)
writeSection('large-bodies', report, `${SECONDS} s a target`, loadBefore)
