import { readFileSync } from 'node:fs'
import { inspectText } from '../core/guardrails/inspect-text.ts'

/** Texts of 4 KB: ordinary business text, the same with personal data in it, and source code. */
const BYTES = 4_096
const ROUNDS = 3_000

const CORPUS = new URL('../core/guardrails/corpus/', import.meta.url)
const read = (file: string) => JSON.parse(readFileSync(new URL(file, CORPUS), 'utf8'))
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
