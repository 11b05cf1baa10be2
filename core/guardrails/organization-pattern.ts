import { createHmac } from 'node:crypto'
import type { Match } from './detector.ts'
import type { PatternForm } from './pattern-form.ts'
import type { Scan } from './scan.ts'

export interface OrganizationPattern {
  /** What rules and findings name: `pattern:<slug>`. */
  readonly id: string
  find(scan: Scan): Match[]
}

/** Makes a pattern ready to run. Throws when its form is not one of the three. */
export function compilePattern(slug: string, form: PatternForm): OrganizationPattern {
  return { id: `pattern:${slug}`, find: finderOf(slug, form) }
}

function finderOf(kind: string, form: PatternForm): OrganizationPattern['find'] {
  if (form.form === 'template') return templateFinder(kind, form.templates)
  if (form.form === 'keywords') return keywordFinder(kind, form.words)
  return dictionaryFinder(kind, form)
}

const CLASSES: Readonly<Record<string, string>> = { '#': '\\d', '@': '[A-Za-z]', '*': '[A-Za-z0-9]' }

/** Every character of a template stands for exactly one of the text: the expression has no quantifier. */
function templateFinder(kind: string, templates: readonly string[]): OrganizationPattern['find'] {
  const sources = templates.map(template =>
    [...template].map(character => CLASSES[character] ?? character.replace(/[./-]/g, '\\$&')).join(''),
  )
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${sources.join('|')})(?![A-Za-z0-9])`, 'gi')
  return ({ text }) => {
    const found: Match[] = []
    for (const match of text.matchAll(pattern)) {
      found.push({ kind, start: match.index, end: match.index + match[0].length })
    }
    return found
  }
}

function keywordFinder(kind: string, words: readonly string[]): OrganizationPattern['find'] {
  const lowered = words.map(word => word.toLowerCase())
  return ({ lower }) => {
    const found: Match[] = []
    for (const word of lowered) {
      for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
        const end = at + word.length
        if (!isLetter(lower[at - 1]) && !isLetter(lower[end])) found.push({ kind, start: at, end })
      }
    }
    return found
  }
}

function dictionaryFinder(
  kind: string,
  form: Extract<PatternForm, { form: 'dictionary' }>,
): OrganizationPattern['find'] {
  const known = new Set(form.hashes)
  const salt = Buffer.from(form.salt, 'base64url')
  return ({ lower }) => {
    const found: Match[] = []
    const words = [...lower.matchAll(/[\p{L}\p{N}@._-]+/gu)].map(word => {
      const text = word[0].replace(/[._-]+$/, '')
      return { text, start: word.index, end: word.index + text.length }
    })
    for (const [first, word] of words.entries()) {
      for (const length of form.lengths) {
        const entry = words.slice(first, first + length)
        if (entry.length < length || !known.has(hashOf(salt, entry.map(one => one.text).join(' ')))) continue
        found.push({ kind, start: word.start, end: entry.at(-1)?.end ?? word.end })
      }
    }
    return found
  }
}

/** The stored form of a dictionary: nobody who reads the configuration reads the entries. */
export function hashDictionary(entries: readonly string[], salt: Buffer): Extract<PatternForm, { form: 'dictionary' }> {
  const plain = entries.map(entry => entry.toLowerCase().trim().split(/\s+/))
  return {
    form: 'dictionary',
    salt: salt.toString('base64url'),
    lengths: [...new Set(plain.map(words => words.length))].sort((a, b) => a - b),
    hashes: [...new Set(plain.map(words => hashOf(salt, words.join(' '))))],
  }
}

function hashOf(salt: Buffer, text: string): string {
  return createHmac('sha256', salt).update(text).digest('base64url')
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}
