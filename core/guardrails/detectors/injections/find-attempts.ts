import { withoutAccents } from '../../accents.ts'
import type { Scan } from '../../scan.ts'
import { hasTrigger } from '../../scan-places.ts'
import { TRIGGER } from '../../trigger-words.ts'
import { english } from './english.ts'
import { french } from './french.ts'
import { german } from './german.ts'
import { italian } from './italian.ts'
import { spanish } from './spanish.ts'

const LANGUAGES = [english, german, french, spanish, italian]
const KINDS = ['override', 'extraction', 'persona', 'planted'] as const

/** Attempts of every language that classes of words make, each tried at the words that it can begin with. */
export function findAttempts(scan: Scan, add: (kind: string, start: number, end: number) => void): void {
  let text: string | null = null
  for (const { begins, attempts } of LANGUAGES) {
    if (!hasTrigger(scan, begins)) continue
    text ??= plainText(scan.lower)
    const bit = TRIGGER[begins]
    for (let word = 0; word < scan.words.length; word++) {
      if (((scan.wordTriggers[word] ?? 0) & bit) === 0) continue
      const start = scan.words[word] ?? 0
      attempts.any.lastIndex = start
      if (!attempts.any.test(text)) continue
      for (const kind of KINDS) {
        attempts[kind].lastIndex = start
        if (attempts[kind].test(text)) add(kind, start, attempts[kind].lastIndex)
      }
    }
  }
}

/** Without accents and with straight apostrophes, every character in its place. */
function plainText(lower: string): string {
  const plain = withoutAccents(lower)
  return plain.includes('’') ? plain.replaceAll('’', "'") : plain
}
