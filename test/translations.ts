import type { TranslatedDialect } from '#core/translation/conversation.ts'
import { TRANSLATIONS } from '#core/translation/translated-dialects.ts'
import { UntranslatableError } from '#core/translation/untranslatable.ts'

export type Json = Record<string, unknown>
const OPTIONS = { model: 'm', maxTokens: 100, olderLimit: false }

/** A request in another dialect, with the names of what was dropped. */
export function written(from: TranslatedDialect, to: TranslatedDialect, body: Json, options = OPTIONS) {
  const conversation = TRANSLATIONS[from].readRequest(body)
  const request = TRANSLATIONS[to].writeRequest(conversation, options) as Json
  return { request, dropped: [...conversation.dropped] }
}

/** The parameter by whose name a request is refused; null when it is carried. */
export function refused(from: TranslatedDialect, to: TranslatedDialect, body: Json): string | null {
  try {
    written(from, to, body)
    return null
  } catch (error) {
    if (error instanceof UntranslatableError) return error.param
    throw error
  }
}

/** An answer in another dialect. */
export const answered = (from: TranslatedDialect, to: TranslatedDialect, body: Json) =>
  TRANSLATIONS[to].writeAnswer(TRANSLATIONS[from].readAnswer(body)) as Json
