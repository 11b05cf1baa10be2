import type { Detector, Match } from '../detector.ts'
import type { Scan } from '../scan.ts'
import { piecesAround } from '../scan-places.ts'
import type { Trigger } from '../trigger-words.ts'
import { PHRASES } from './injection-phrases.ts'

/** A word that betrays an attempt stands within so many characters of all of it. */
const REACH = 160
const DELIMITERS = ['<|', '[INST', '[/INST', '<<SYS', '[inst', '<<sys', '[system](', '[SYSTEM', 'system>', 'SYSTEM>']

/** Attempts to turn a model against its instructions: known phrases in the commoner languages, and chat delimiters. */
export const promptInjections: Detector = {
  id: 'prompt_injection',
  find(scan) {
    const found: Match[] = []
    for (const trigger of ['override', 'extraction', 'persona'] as const) {
      for (const { start, end } of piecesAround(scan, trigger, REACH, REACH)) addAll(scan, trigger, start, end, found)
    }
    for (const { start, end } of piecesAround(scan, 'extraction', REACH, REACH)) {
      addAll(scan, 'delimiter', start, end, found)
    }
    if (DELIMITERS.some(mark => scan.text.includes(mark))) addAll(scan, 'delimiter', 0, scan.text.length, found)
    return found
  },
}

function addAll({ lower }: Scan, kind: Trigger | 'delimiter', from: number, to: number, found: Match[]): void {
  const piece = lower.slice(from, to)
  for (const [of, pattern] of PHRASES) {
    if (of !== kind) continue
    pattern.lastIndex = 0
    for (let match = pattern.exec(piece); match; match = pattern.exec(piece)) {
      const start = from + match.index
      const end = start + match[0].length
      if (!found.some(other => other.start < end && start < other.end)) found.push({ kind, start, end })
    }
  }
}
