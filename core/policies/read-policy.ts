/** A sentence of a policy that something can enforce, under a reference of its own. */
export interface Clause {
  /** As in `D1`; it stays when the wording changes, so that links to what enforces it do. */
  readonly ref: string
  readonly text: string
  /** The heading it stands under; empty before the first. */
  readonly section: string
}

export interface PolicySection {
  readonly title: string
  /** Words of its text, headings left out. */
  readonly words: number
  readonly clauses: readonly Clause[]
}

export interface PolicyText {
  readonly sections: readonly PolicySection[]
  readonly clauses: readonly Clause[]
  /** References that stand before more than one clause. */
  readonly repeated: readonly string[]
}

export const CLAUSE_REF = /^[A-Z]{1,3}[0-9]{1,3}$/

const HEADING = /^##\s+(.+?)\s*#*\s*$/
const CLAUSE = /^\s{0,3}[-*+]\s+\*\*([A-Z]{1,3}[0-9]{1,3})[.:]?\*\*[.:]?\s+(.*)$/
const NEW_BLOCK = /^\s*$|^\s{0,3}(?:[-*+]\s|\d+[.)]\s|#|>|```|~~~|\||<)/
const FENCE = /^\s{0,3}(```|~~~)/

interface Draft {
  title: string
  words: number
  clauses: { ref: string; text: string; section: string }[]
}

/**
 * Reads the sections (second-level headings) and clauses of a policy in Markdown. A clause is an item of a list that
 * begins with its reference in bold: `- **D1** No customer names may be sent to …`. What stands in code is no clause.
 */
export function readPolicy(markdown: string): PolicyText {
  const sections: Draft[] = [{ title: '', words: 0, clauses: [] }]
  let fence: string | null = null
  let open: Draft['clauses'][number] | null = null
  for (const line of markdown.split(/\r?\n/)) {
    const section = sections.at(-1) as Draft
    const mark = FENCE.exec(line)?.[1] ?? null
    if (fence !== null || mark !== null) {
      fence = fence === null ? mark : mark === fence ? null : fence
      open = null
      continue
    }
    const heading = HEADING.exec(line)
    const clause = CLAUSE.exec(line)
    if (heading) {
      sections.push({ title: heading[1] ?? '', words: 0, clauses: [] })
      open = null
    } else if (clause) {
      open = { ref: clause[1] ?? '', text: (clause[2] ?? '').trim(), section: section.title }
      section.clauses.push(open)
    } else if (open && !NEW_BLOCK.test(line)) open.text = `${open.text} ${line.trim()}`.trim()
    else open = null
    if (!heading && !/^#/.test(line)) section.words += wordsIn(line)
  }
  const clauses = sections.flatMap(one => one.clauses)
  const refs = clauses.map(({ ref }) => ref)
  return {
    sections: sections.filter(({ title, words }) => title !== '' || words > 0),
    clauses,
    repeated: [...new Set(refs.filter((ref, index) => refs.indexOf(ref) !== index))],
  }
}

function wordsIn(line: string): number {
  return line.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length
}
