export interface Heading {
  depth: number
  text: string
  id: string
}

/** The headings of a Markdown text outside code, in order, with the ids that links jump to. */
export function headingsOf(markdown: string): Heading[] {
  const taken = new Map<string, number>()
  const prose = markdown.replace(/^(```|~~~)[\s\S]*?^\1\s*$/gm, '')
  return [...prose.matchAll(/^(#{1,4})\s+(.+?)\s*#*$/gm)].map(([, marks = '', raw = '']) => {
    const text = plainText(raw)
    const base = headingId(text)
    const seen = taken.get(base) ?? 0
    taken.set(base, seen + 1)
    return { depth: marks.length, text, id: seen === 0 ? base : `${base}-${seen}` }
  })
}

/** The id of a heading: its words in lower case, joined by hyphens. */
export function headingId(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []
  return words.join('-') || 'section'
}

/** The text of the first heading; null without one. */
export function titleOf(markdown: string): string | null {
  return headingsOf(markdown).find(heading => heading.depth === 1)?.text ?? null
}

/** The first paragraph that is prose, without marks; empty when the text begins with a list, table or code. */
export function introductionOf(markdown: string): string {
  const [first = ''] = markdown
    .split(/\n\s*\n/)
    .map(block => block.trim())
    .filter(block => block && !block.startsWith('#'))
  return /^([-*|>`]|\d+\.)/.test(first) ? '' : plainText(first.replaceAll('\n', ' '))
}

/**
 * Where a link of a documentation file leads in the portal: `providers.md#catalog` is /docs/providers#catalog.
 * Null for a file that the portal does not show; addresses outside are left as they are.
 */
export function linkTarget(href: string, slugs: ReadonlySet<string>): string | null {
  if (/^([a-z]+:|\/|#)/i.test(href)) return href
  const match = /^(?:\.\/)?([a-z0-9-]+)\.md(#.*)?$/.exec(href)
  if (!match?.[1] || !slugs.has(match[1])) return null
  return `/docs/${match[1]}${match[2] ?? ''}`
}

function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .trim()
}
