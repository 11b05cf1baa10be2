import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Measurement, median } from './measurement.ts'
import { comparison, type Results, table, writeBetweenMarkers } from './report.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-report-'))
afterAll(() => rmSync(folder, { recursive: true }))

function measurement(requestsPerSecond: number, p50Ms = 1): Measurement {
  return {
    requestsPerSecond,
    p50Ms,
    p99Ms: 2,
    firstTokenP50Ms: null,
    firstTokenP99Ms: null,
    failed: 0,
    cpuMicrosPerRequest: 50,
  }
}

const scenario = (connections: number) => ({ connections, kilobytes: 1, streamed: false })
const results: Results = [
  [
    scenario(1),
    new Map([
      ['sandbox', measurement(9000, 0.1)],
      ['gatehouse', measurement(2000, 0.45)],
    ]),
  ],
  [
    scenario(32),
    new Map([
      ['sandbox', measurement(20_000, 1)],
      ['bare', measurement(8000, 3)],
      ['portkey', measurement(1000, 20)],
      ['gatehouse', measurement(5000, 4)],
    ]),
  ],
]

describe('the report', () => {
  it('relates throughput to the bare proxy and to the peer', () => {
    expect(table(results)).toMatch(/\| whole +\| 1 KB \| 32 +\| gatehouse \| 5000 +\| 63 % /)
    expect(comparison(results)).toEqual([
      '- Whole answers, 1 KB, 1 connection: 0.35 ms added at the median, 0.00 ms at the 99th percentile.',
      "- Whole answers, 1 KB, 32 connections: 63 % of the bare proxy's throughput, 5.0 × Portkey's, 1.00 × the bare proxy's processor time, 1.00 × Portkey's processor time.",
    ])
    expect(comparison([[scenario(1), new Map([['bare', measurement(1)]])]])).toEqual([])
  })

  it('takes medians figure by figure, adds failures up, and leaves unknown processor time unknown', () => {
    const rounds = [measurement(3, 30), { ...measurement(1, 10), failed: 2 }, measurement(2, 20)]
    expect(median(rounds)).toMatchObject({ requestsPerSecond: 2, p50Ms: 20, failed: 2, cpuMicrosPerRequest: 50 })
    expect(median([{ ...measurement(1), cpuMicrosPerRequest: null }, measurement(1)]).cpuMicrosPerRequest).toBeNull()
  })

  it('replaces only what stands between the markers', () => {
    const file = path.join(folder, 'benchmarks.md')
    const around = (text: string) => `# Figures\n<!-- one:start -->${text}<!-- one:end -->\n\nKept.\n`
    writeFileSync(file, around(''))
    writeBetweenMarkers(file, 'one', 'first run')
    expect(readFileSync(file, 'utf8')).toBe(around('\n\nfirst run\n\n'))
    writeBetweenMarkers(file, 'one', 'second run')
    expect(readFileSync(file, 'utf8')).toBe(around('\n\nsecond run\n\n'))
    expect(() => writeBetweenMarkers(file, 'two', 'another')).toThrow(/markers/)
  })
})
