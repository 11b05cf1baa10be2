import { readFileSync } from 'node:fs'
import { quantile } from './measurement.ts'
import { installPeers } from './peers.ts'
import { loadAverage, markdownTable, writeSection } from './report.ts'
import { type Target, withTargets } from './targets.ts'

/**
 * The governed gateway at full load for 10 minutes (or as many as the first argument says), whole and streamed answers
 * and now and then a large body: memory each minute. Exits with 1 when it passes 300 MB or grows in the second half.
 */
const MINUTES = Number(process.argv[2] ?? 10)
const MOST_MEGABYTES = 300
const GROWTH = 1.1

const loadBefore = loadAverage()
installPeers()
const { measure } = await import('./load.ts')

const minutes = await withTargets(['gatehouse'], async ([target]) => {
  if (!target) throw new Error('the gateway did not start')
  const found: { megabytes: number; requestsPerSecond: number; p99Ms: number; failed: number }[] = []
  for (let minute = 1; minute <= MINUTES; minute++) {
    const megabytes: number[] = []
    const watch = setInterval(() => megabytes.push(residentMegabytes(target)), 1_000)
    const whole = await measure(target, { connections: 32, seconds: 40, kilobytes: 1, streamed: false })
    const streamed = await measure(target, { connections: 64, seconds: 14, kilobytes: 1, streamed: true })
    const large = await measure(target, { connections: 4, seconds: 6, kilobytes: 1024, streamed: false })
    clearInterval(watch)
    megabytes.sort((a, b) => a - b)
    const failed = whole.failed + streamed.failed + large.failed
    found.push({
      megabytes: quantile(megabytes, 1),
      requestsPerSecond: whole.requestsPerSecond,
      p99Ms: whole.p99Ms,
      failed,
    })
    process.stdout.write(`minute ${minute}: ${quantile(megabytes, 1).toFixed(0)} MB at most, ${failed} failed\n`)
  }
  return found
})

const peak = Math.max(...minutes.map(minute => minute.megabytes))
const failed = minutes.reduce((sum, minute) => sum + minute.failed, 0)
const half = Math.floor(minutes.length / 2)
const middle = minutes[half]?.megabytes ?? Number.NaN
const last = minutes.at(-1)?.megabytes ?? Number.NaN
const rows = minutes.map(({ megabytes, requestsPerSecond, p99Ms, failed: bad }, at) => [
  String(at + 1),
  megabytes.toFixed(0),
  requestsPerSecond.toFixed(0),
  p99Ms.toFixed(1),
  String(bad),
])
const sum = `${MINUTES} minutes at full load: at most ${peak.toFixed(0)} MB, ${middle.toFixed(0)} MB in the middle and ${last.toFixed(0)} MB at the end, ${failed} failed.`
const report = `${sum}\n\n${markdownTable(['minute', 'most MB', 'requests/s', 'p99 ms', 'failed'], rows)}`
process.stdout.write(`\n${report}\n`)
writeSection('soak', report, `${MINUTES} minutes`, loadBefore)
process.exit(peak <= MOST_MEGABYTES && last <= middle * GROWTH && failed === 0 ? 0 : 1)

/** Resident memory of the target's process, from /proc. */
function residentMegabytes({ pid }: Target): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024
}
