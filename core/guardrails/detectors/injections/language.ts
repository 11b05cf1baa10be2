import type { Trigger } from '../../trigger-words.ts'
import type { LanguageAttempts } from './attempts.ts'

/** How attempts to turn a model are put in one language; all expressions are global and for text in lower case. */
export interface InjectionLanguage extends LanguageAttempts {
  /** Words near which an attempt can stand. */
  readonly trigger: Trigger
  /** What every attempt speaks of, without a flag: what has none of these words is no attempt. */
  readonly subject: RegExp
  /** Further ways to put it. */
  readonly override: readonly RegExp[]
  readonly extraction: readonly RegExp[]
  /** What frees a model of what it may not do; taken only near what gives it a role. */
  readonly licence: RegExp
  readonly role: RegExp
  /** What nobody writes of anything else. */
  readonly persona: RegExp
}

/** Alternatives as one expression. A word begins where no letter of these languages stands before, which `\b` does not know. */
export function anyOf(...alternatives: string[]): RegExp {
  return new RegExp(`(?<![a-zß-ÿ])(?:${alternatives.join('|')})`, 'g')
}

/** Some characters within a sentence, as few as possible. */
export const gap = (most: number) => String.raw`[^.!?\n]{0,${most}}?`
