import { POLICY_KIND_FACTS, type PolicyKind } from './policy-kinds.ts'
import { readPolicy } from './read-policy.ts'

/** Fewer words than these say nothing that could be kept to. */
const LEAST_WORDS = 12

export interface SectionCheck {
  readonly title: string
  readonly asks: string
  /** missing: no such heading; thin: hardly a word under it. */
  readonly state: 'there' | 'thin' | 'missing'
}

export interface PolicyCheck {
  readonly sections: readonly SectionCheck[]
  readonly clauses: number
  readonly repeated: readonly string[]
  /** Clauses whose words nobody could hold anybody to, with the words. */
  readonly vague: readonly { readonly ref: string; readonly words: string }[]
  /** Nothing stands in the way of a review. */
  readonly complete: boolean
}

/** Words that leave what is allowed to the reader. */
const VAGUE =
  /\b(responsibl[ey]|appropriate(?:ly)?|reasonabl[ey]|as needed|where possible|best efforts?|ethical(?:ly)?|with care|if necessary|as far as practicable|should try)\b/i

/** What a draft still needs: the sections of its kind, at least one clause, and references that stand for one clause. */
export function checkPolicy(kind: PolicyKind, markdown: string): PolicyCheck {
  const { sections, clauses, repeated } = readPolicy(markdown)
  const checks = POLICY_KIND_FACTS[kind].sections.map(({ title, also, asks }): SectionCheck => {
    const names = [title, ...also].map(name => name.toLowerCase())
    const found = sections.filter(one => names.some(name => one.title.toLowerCase().includes(name)))
    const words = found.reduce((sum, one) => sum + one.words, 0)
    return { title, asks, state: found.length === 0 ? 'missing' : words < LEAST_WORDS ? 'thin' : 'there' }
  })
  const vague = clauses.flatMap(({ ref, text }) => {
    const words = VAGUE.exec(text)?.[0]
    return words ? [{ ref, words }] : []
  })
  const complete = checks.every(({ state }) => state === 'there') && clauses.length > 0 && repeated.length === 0
  return { sections: checks, clauses: clauses.length, repeated, vague, complete }
}

/** What stands in the way of a review, in words; empty when nothing does. */
export function whatIsMissing({ sections, clauses, repeated }: PolicyCheck): string[] {
  return [
    ...sections.filter(({ state }) => state === 'missing').map(({ title }) => `the section “${title}”`),
    ...sections.filter(({ state }) => state === 'thin').map(({ title }) => `more words under “${title}”`),
    ...(clauses === 0 ? ['at least one clause, a list item such as “- **D1** No …”'] : []),
    ...repeated.map(ref => `one clause alone under ${ref}`),
  ]
}
