import type { Detector, Match } from '../detector.ts'
import type { Span } from '../runs.ts'
import type { Scan } from '../scan.ts'
import { piecesAround } from '../scan-places.ts'
import { TakenPlaces } from '../taken-places.ts'
import { PHRASES } from './injection-phrases.ts'
import { findByLanguage } from './injections/by-language.ts'
import { CARRIER } from './injections/english.ts'
import { findAttempts } from './injections/find-attempts.ts'
import { findRolePlay } from './role-play.ts'

/** Characters before and behind a word that betrays an attempt, within which all of it stands. */
const REACH = { override: [60, 160], extraction: [130, 100], persona: [130, 130] } as const
const DELIMITER_REACH = 40
const KINDS = ['override', 'extraction', 'persona'] as const
const DELIMITERS = ['<|', '[INST', '[/INST', '<<SYS', '[inst', '<<sys', '[system](', '[SYSTEM', 'system>', 'SYSTEM>']

/**
 * Attempts to turn a model against its instructions: in English known phrases, roles that free it of its rules, and chat
 * delimiters; the other languages have a file each.
 */
export const promptInjections: Detector = {
  id: 'prompt_injection',
  find(scan) {
    const found: Match[] = []
    const taken = new TakenPlaces(scan.text.length)
    const addAs = (kind: string) => (start: number, end: number) => {
      if (taken.take(start, end)) found.push({ kind, start, end })
    }
    for (const kind of KINDS) {
      const [before, after] = REACH[kind]
      const add = addAs(kind)
      for (const piece of piecesAround(scan, kind, before, after)) findPhrases(PHRASES[kind], scan, piece, add)
    }
    const addDelimiter = addAs('delimiter')
    if (DELIMITERS.some(mark => scan.text.includes(mark))) {
      findPhrases(PHRASES.delimiter, scan, { start: 0, end: scan.text.length }, addDelimiter)
    } else {
      const pieces = piecesAround(scan, 'extraction', DELIMITER_REACH, DELIMITER_REACH)
      for (const piece of pieces) findPhrases(PHRASES.delimiter, scan, piece, addDelimiter)
    }
    if (scan.hasAddress && scan.text.includes('](')) {
      findPhrases([CARRIER], scan, { start: 0, end: scan.text.length }, addAs('planted'))
    }
    findAttempts(scan, (kind, start, end) => addAs(kind)(start, end))
    findRolePlay(scan, addAs('role_play'))
    findByLanguage(scan, (kind, start, end) => addAs(kind)(start, end))
    return found
  },
}

function findPhrases(
  patterns: readonly RegExp[],
  { lower }: Scan,
  { start, end }: Span,
  add: (start: number, end: number) => void,
): void {
  const piece = lower.slice(start, end)
  for (const pattern of patterns) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(piece); match; match = pattern.exec(piece)) {
      add(start + match.index, start + match.index + match[0].length)
    }
  }
}
