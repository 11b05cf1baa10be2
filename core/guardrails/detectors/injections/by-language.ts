import { withoutAccents } from '../../accents.ts'
import type { Span } from '../../runs.ts'
import type { Scan } from '../../scan.ts'
import { piecesAround } from '../../scan-places.ts'
import { french } from './french.ts'
import { german } from './german.ts'
import { italian } from './italian.ts'
import type { InjectionLanguage } from './language.ts'
import { spanish } from './spanish.ts'

const LANGUAGES = [german, french, spanish, italian].map(plainLanguage)
/** Around a word that betrays an attempt, within which all of it stands. */
const BEFORE = 90
const AFTER = 110
/** A role stands within so many characters of what frees the model. */
const ROLE_REACH = 240

type Add = (kind: string, start: number, end: number) => void

/** Attempts to turn a model in German, French, Spanish and Italian. */
export function findByLanguage(scan: Scan, add: Add): void {
  for (const language of LANGUAGES) {
    for (const piece of piecesAround(scan, language.trigger, BEFORE, AFTER)) findIn(language, scan, piece, add)
  }
}

function findIn(language: InjectionLanguage, { lower }: Scan, { start, end }: Span, add: Add): void {
  const piece = withoutAccents(lower.slice(start, end))
  if (!language.subject.test(piece)) return
  const addAll = (kind: string, patterns: readonly RegExp[]) => {
    for (const pattern of patterns) {
      for (const match of piece.matchAll(pattern)) add(kind, start + match.index, start + match.index + match[0].length)
    }
  }
  addAll('override', language.override)
  addAll('extraction', language.extraction)
  addAll('persona', [language.persona])
  for (const match of piece.matchAll(language.licence)) {
    const from = start + match.index
    const to = from + match[0].length
    if (language.role.test(withoutAccents(lower.slice(Math.max(0, from - ROLE_REACH), to + ROLE_REACH))))
      add('role_play', from, to)
  }
}

function plainForm({ source, flags }: RegExp): RegExp {
  return new RegExp(withoutAccents(source), flags)
}

/** A language whose expressions are for text without accents. */
function plainLanguage(language: InjectionLanguage): InjectionLanguage {
  return {
    ...language,
    subject: plainForm(language.subject),
    override: language.override.map(plainForm),
    extraction: language.extraction.map(plainForm),
    licence: plainForm(language.licence),
    role: plainForm(language.role),
    persona: plainForm(language.persona),
  }
}
