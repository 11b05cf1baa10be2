import { readdirSync } from 'node:fs'
import { inspectText } from '../core/guardrails/inspect-text.ts'
import { KINDS_OF_TEXT, readCorpus } from './kinds-of-text.ts'
import { loadAverage, markdownTable, writeSection } from './report.ts'

/**
 * What the detectors find of the corpus, and how long they take for 4 KB of text of many kinds. The kinds are read in
 * turn, as a gateway does: a processor that reads one text again and again knows its way through it. Of the rounds the
 * quickest counts, since whatever else runs on the machine only makes them slower.
 */
const ROUNDS = 20
const TIMES = 60

const loadBefore = loadAverage()
const CORPUS = new URL('../core/guardrails/corpus/', import.meta.url)
const ordinary: string[] = readCorpus('business-text.json')

const finds = (text: string, detector: string) => inspectText(text).some(finding => finding.detector === detector)
const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`

console.log('| corpus | texts with it | found | look-alikes | mistaken | ordinary texts mistaken |')
console.log('| --- | ---: | ---: | ---: | ---: | ---: |')
for (const file of readdirSync(CORPUS).filter(name => name !== 'business-text.json')) {
  const { detector, positives, negatives } = readCorpus(file) as Record<'positives' | 'negatives', string[]> & {
    detector: string
  }
  const found = positives.filter(text => finds(text, detector)).length
  const mistaken = negatives.filter(text => finds(text, detector)).length
  const inOrdinary = ordinary.filter(text => finds(text, detector)).length
  const corpus = file.replace('.json', '')
  const cells = [positives.length, share(found, positives.length), negatives.length, share(mistaken, negatives.length)]
  console.log(`| ${[corpus, ...cells, share(inOrdinary, ordinary.length)].join(' | ')} |`)
}
const anything = ordinary.filter(text => inspectText(text).length > 0).length
console.log(`\nAny finding in ${share(anything, ordinary.length)} of ${ordinary.length} ordinary texts.\n`)

const quickest = new Map<string, number>()
for (let round = 0; round < ROUNDS; round++) {
  for (const [kind, text] of Object.entries(KINDS_OF_TEXT)) {
    const times: number[] = []
    for (let time = 0; time < TIMES; time++) {
      const began = performance.now()
      inspectText(text)
      times.push(performance.now() - began)
    }
    times.sort((a, b) => a - b)
    const median = times[Math.floor(TIMES / 2)] ?? Number.NaN
    quickest.set(kind, Math.min(median, quickest.get(kind) ?? median))
  }
}

const rows = Object.entries(KINDS_OF_TEXT).map(([kind, text]) => [
  kind,
  String(inspectText(text).length),
  quickest.get(kind)?.toFixed(3) ?? '–',
])
const report = markdownTable(['4 KB of', 'findings', 'ms'], rows)
process.stdout.write(`${report}\n`)
writeSection('inspection', report, `the quickest of ${ROUNDS} rounds of ${TIMES}`, loadBefore)
