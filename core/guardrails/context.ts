import type { Scan, Span, Surroundings } from './scan.ts'

/** Characters beyond a value within which a text has nothing else to say: quotes. */
const ALONE = 2
/** Values that a text may be nothing but. */
const MOST_ALONE = 3
/** A row that goes on for longer is none of a table that a person wrote; so far back is looked for where it begins. */
const LONGEST_ROW = 10_000
const BEFORE = 60
const AFTER = 24

/**
 * Whether words that tell what a value is stand near it: up to `before` characters left of it, `after` right, or above
 * it in the head of its column when the text is a table. Names such as `nhs_number` and `nhsNumber` are read as words.
 */
export function hasContext(scan: Scan, span: Span, words: RegExp, before = BEFORE, after = AFTER): boolean {
  const near = surroundings(scan, span, before, after)
  return words.test(near.left) || words.test(near.right) || (near.head !== '' && words.test(near.head))
}

function surroundings(scan: Scan, { start, end }: Span, before: number, after: number): Surroundings {
  const { text, lastAsked } = scan
  const isSame = lastAsked.start === start && lastAsked.end === end
  if (isSame && lastAsked.before === before && lastAsked.after === after && lastAsked.near) return lastAsked.near
  const near = {
    left: asWords(text.slice(Math.max(0, start - before), start)),
    right: asWords(text.slice(end, end + after)),
    head: scan.tableHead === '' ? '' : asWords(columnHead(scan, start)),
  }
  Object.assign(lastAsked, { start, end, before, after, near })
  return near
}

/** Whether the text is nothing but this value, or two or three values of its length. */
export function isAlone({ text }: Scan, { start, end }: Span): boolean {
  const length = end - start
  if (text.length - length <= ALONE) return true
  if (text.length > MOST_ALONE * (length + 6)) return false
  const others = `${text.slice(0, start)} ${text.slice(end)}`.split(/[\s,;]+|\band\b/).filter(Boolean)
  return others.length < MOST_ALONE && others.every(other => Math.abs(other.length - length) <= 1 && /\d/.test(other))
}

/** Names such as `dateOfBirth` and `date_of_birth` as words, in lower case. */
export function asWords(text: string): string {
  let words = text
  if (/[a-z][A-Z]/.test(words)) words = words.replace(/([a-z])([A-Z])/g, '$1 $2')
  if (words.includes('_')) words = words.replaceAll('_', ' ')
  return words.toLowerCase()
}

/** What the first line says above the value, in the column that the value is in; empty when this is no table. */
function columnHead({ text, tableHead }: Scan, at: number): string {
  const near = text.slice(Math.max(0, at - LONGEST_ROW), at)
  const lineEnd = near.lastIndexOf('\n')
  if (lineEnd < 0) return ''
  const row = near.slice(lineEnd + 1)
  let before = row.length - 1
  while (before >= 0 && isQuote(row.charCodeAt(before))) before--
  const mark = before < 0 ? (/[,;\t|]/.exec(tableHead)?.[0] ?? '') : (row[before] ?? '')
  if (!/[,;\t|]/.test(mark)) return ''
  const column = row.split(mark).length - 1
  return tableHead.split(mark)[column] ?? ''
}

/** Double or single quote, or a space. */
function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 32
}
