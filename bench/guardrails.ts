import { readdirSync, readFileSync } from 'node:fs'
import { inspectText } from '../core/guardrails/inspect-text.ts'

/** What the detectors find of the corpus, and how long they take for it. Texts of 4 KB: ordinary business text, the same with personal data in it, and source code. */
const BYTES = 4_096
const ROUNDS = 3_000

const CORPUS = new URL('../core/guardrails/corpus/', import.meta.url)
/** The corpus's made-up keys are broken, so that scanners of repositories do not take them for leaks. */
const read = (file: string) => JSON.parse(readFileSync(new URL(file, CORPUS), 'utf8').replaceAll('‹›', ''))
const filled = (lines: string[]) => {
  let text = ''
  for (let at = 0; text.length < BYTES; at++) text += `${lines[at % lines.length]}\n`
  return text.slice(0, BYTES)
}
const ordinary: string[] = read('business-text.json')
const personal = ['ibans', 'cards', 'emails', 'phones', 'addresses', 'national-ids', 'secrets'].flatMap(name =>
  (read(`${name}.json`).positives as string[]).slice(0, 6),
)
const texts = {
  'ordinary text': filled(ordinary),
  'one part in five personal': filled(
    ordinary.flatMap((line, at) => (at % 5 === 0 ? [line, personal[at % personal.length] ?? ''] : [line])),
  ),
  'nothing but findings': filled(personal),
  'source code': readFileSync(new URL('../core/guardrails/scan.ts', import.meta.url), 'utf8').slice(0, BYTES),
}

const finds = (text: string, detector: string) => inspectText(text).some(finding => finding.detector === detector)
const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`

console.log('| detector | texts with it | found | look-alikes | mistaken | ordinary texts mistaken |')
console.log('| --- | ---: | ---: | ---: | ---: | ---: |')
for (const file of readdirSync(CORPUS).filter(name => name !== 'business-text.json')) {
  const { detector, positives, negatives } = read(file) as Record<'positives' | 'negatives', string[]> & {
    detector: string
  }
  const found = positives.filter(text => finds(text, detector)).length
  const mistaken = negatives.filter(text => finds(text, detector)).length
  const inOrdinary = ordinary.filter(text => finds(text, detector)).length
  const cells = [positives.length, share(found, positives.length), negatives.length, share(mistaken, negatives.length)]
  console.log(`| ${[detector, ...cells, share(inOrdinary, ordinary.length)].join(' | ')} |`)
}
const anything = ordinary.filter(text => inspectText(text).length > 0).length
console.log(`\nAny finding in ${share(anything, ordinary.length)} of ${ordinary.length} ordinary texts.\n`)

console.log(`| 4 KB of | findings | median ms | p99 ms |\n| --- | ---: | ---: | ---: |`)
for (const [name, text] of Object.entries(texts)) {
  for (let round = 0; round < 500; round++) inspectText(text)
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now()
    inspectText(text)
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(3)
  console.log(`| ${name} | ${inspectText(text).length} | ${at(0.5)} | ${at(0.99)} |`)
}
