import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { DETECTORS } from './detector.ts'
import { inspectText } from './inspect-text.ts'

const FOLDER = path.join(import.meta.dirname, 'corpus')
/** Breaks the corpus's made-up keys, so that scanners of repositories do not take them for leaks. */
const BREAK = /‹›/g

interface Corpus {
  detector: string
  /** Of a corpus in one language other than English. */
  language?: string
  positives: string[]
  negatives: string[]
}

const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8').replace(BREAK, ''))
const corpora = readdirSync(FOLDER)
  .filter(file => file !== 'business-text.json')
  .map(file => read<Corpus>(file))
const ordinary = read<string[]>('business-text.json')
const finds = (text: string, detector: string) => inspectText(text).some(finding => finding.detector === detector)

test('there is a corpus for every detector, and ordinary text', () => {
  expect(new Set(corpora.map(corpus => corpus.detector))).toEqual(new Set(Object.keys(DETECTORS)))
  for (const corpus of corpora) {
    expect(corpus.positives.length, corpus.detector).toBeGreaterThanOrEqual(40)
    expect(corpus.negatives.length, corpus.detector).toBeGreaterThanOrEqual(40)
  }
  expect(new Set(ordinary).size).toBeGreaterThanOrEqual(300)
})

describe.each(corpora.map(corpus => ({ language: 'all languages', ...corpus })))(
  '$detector, $language',
  ({ detector, positives, negatives }) => {
    test('is found in at least 95 of 100 texts that have it', () => {
      const missed = positives.filter(text => !finds(text, detector))
      expect(missed.length / positives.length, missed.join('\n')).toBeLessThanOrEqual(0.05)
    })

    test('is seen in at most 5 of 100 texts made to look like it', () => {
      const mistaken = negatives.filter(text => finds(text, detector))
      expect(mistaken.length / negatives.length, mistaken.join('\n')).toBeLessThanOrEqual(0.05)
    })
  },
)

test('less than one in a hundred ordinary sentences has a finding', () => {
  const mistaken = ordinary.filter(text => inspectText(text).length > 0)
  expect(mistaken.length / ordinary.length, mistaken.join('\n')).toBeLessThan(0.01)
})
