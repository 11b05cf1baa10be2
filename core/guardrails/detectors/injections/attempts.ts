import { withoutAccents } from '../../accents.ts'
import type { Trigger } from '../../trigger-words.ts'
import { gap } from './language.ts'
import type { WordClasses } from './word-classes.ts'

/** The expressions that classes of words make. */
export interface Attempts {
  /** Any of the others: most words begin none. */
  readonly any: RegExp
  readonly override: RegExp
  readonly extraction: RegExp
  readonly persona: RegExp
  readonly planted: RegExp
}

/** The attempts of one language, and the words that they begin with. */
export interface LanguageAttempts {
  readonly begins: Trigger
  readonly attempts: Attempts
}

/** The forms of each sort of attempt, as expressions. */
export function attempts(
  forms: Readonly<Record<'override' | 'extraction' | 'persona' | 'planted', string[]>>,
): Attempts {
  return {
    any: startingWith(...Object.values(forms).flat()),
    override: startingWith(...forms.override),
    extraction: startingWith(...forms.extraction),
    persona: startingWith(...forms.persona),
    planted: startingWith(...forms.planted),
  }
}

/** Alternatives that are tried where a word begins, and nowhere else: a text is then read once for all of them. */
function startingWith(...alternatives: string[]): RegExp {
  return new RegExp(withoutAccents(alternatives.map(form => `(?:${form})`).join('|')), 'y')
}

/** In all of the languages, as it is a term of the trade. */
const SYSTEM_PROMPT = 'system-? ?prompts?|prompt (?:système|de(?:l)? sistema|di sistema)'

/** Puts classes of words in the orders that make an attempt. */
export function attemptsOf(words: WordClasses): Attempts {
  const { drop, remove, not, orders, own, ofModel, guards, tell, your, hidden, ask, free, limits, answer, without } =
    words
  return attempts({
    override: [
      `(?:${drop}) (?:${[
        `${gap(20)}(?:${own}) ${gap(20)}(?:${orders})(?![a-zß-ÿ])${not}`,
        `${gap(24)}(?:${orders}) ${gap(8)}(?:${ofModel})${not}`,
        `(?:${words.the}) (?:${orders})(?= *(?:$|[.!;,\n]))`,
      ].join('|')})`,
      `(?<!\\bn.)(?<!\\bd[ei] )(?:${drop}|${remove}) ${gap(16)}(?:${guards})(?![a-zß-ÿ])${not}`,
      `(?:${your}) ${gap(16)}(?:${orders}|${hidden}) ${gap(24)}(?:${words.void})`,
      `(?:${words.fresh}) ?: ${gap(30)}(?:${drop}|${tell}|${answer})`,
    ],
    extraction: [
      `(?:${tell})[ ,-]${gap(32)}(?:${your}) ${gap(16)}(?:${hidden})`,
      `(?:${tell})[ ,-]${gap(24)}(?:${orders}) ${gap(6)}(?:${ofModel})`,
      `(?:${tell}|${ask})[ ,-]${gap(20)}(?:${words.thine}) (?:${orders}|prompt)(?= *(?:$|[.!?,;\n]))`,
      `(?:${tell})[ ,-]${gap(24)}(?:${SYSTEM_PROMPT})`,
      `(?:${ask}) ${gap(16)}(?:${your}) ${gap(16)}(?:${hidden})`,
    ],
    persona: [
      `(?:${free}) ${gap(16)}(?:${limits})(?![a-zß-ÿ])`,
      `(?:${answer})[ -]${gap(24)}(?:${without}) ${gap(12)}(?:${limits})(?![a-zß-ÿ])`,
    ],
    planted: [
      `(?:${words.note}) ?(?:${words.model})(?![a-zß-ÿ])${gap(30)}[:,–—]`,
      `(?:${words.covert})${gap(24)}:`,
      `(?:${words.decode}) ${gap(60)}(?:${words.obey})`,
    ],
  })
}
