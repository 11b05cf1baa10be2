import { diffLines, diffWordsWithSpace } from 'diff'

/** A piece of a line: common to both texts, or only in one of them. */
export interface Piece {
  readonly text: string
  readonly changed: boolean
}

export interface ComparedLine {
  /** Its number, from 1. */
  readonly number: number
  readonly pieces: readonly Piece[]
}

/** A row of two texts side by side; null: the other text has no such line. */
export interface ComparedRow {
  readonly change: 'same' | 'changed' | 'added' | 'removed'
  readonly before: ComparedLine | null
  readonly after: ComparedLine | null
}

/** Above so many characters in a line, it is shown as changed whole. */
const LONGEST_WORD_DIFF = 4_000

/**
 * Two texts line by line, and word by word within lines that stand in for each other. The pieces of all lines before,
 * joined, are the first text; those after, the second.
 */
export function compareTexts(before: string, after: string): ComparedRow[] {
  const rows: ComparedRow[] = []
  const at = { before: 1, after: 1 }
  let removed: string[] = []
  const flush = (added: readonly string[]) => {
    const pairs = Math.max(removed.length, added.length)
    for (let index = 0; index < pairs; index++) rows.push(rowOf(removed[index] ?? null, added[index] ?? null, at))
    removed = []
  }
  for (const part of diffLines(withEnd(before), withEnd(after))) {
    const lines = part.value.split('\n').slice(0, -1)
    if (part.removed) removed = lines
    else if (part.added) flush(lines)
    else {
      flush([])
      for (const line of lines) rows.push(rowOf(line, line, at))
    }
  }
  flush([])
  return rows
}

/** How many lines were added, removed and changed. */
export function countChanges(rows: readonly ComparedRow[]): Record<ComparedRow['change'], number> {
  const counts = { same: 0, changed: 0, added: 0, removed: 0 }
  for (const { change } of rows) counts[change]++
  return counts
}

/** The last line is a line like every other, whether or not it ends with a line break. */
function withEnd(text: string): string {
  return `${text.replaceAll('\r\n', '\n')}\n`
}

function rowOf(old: string | null, now: string | null, at: { before: number; after: number }): ComparedRow {
  const line = (text: string | null, side: 'before' | 'after', pieces: Piece[]) =>
    text === null ? null : { number: at[side]++, pieces }
  if (old === now) {
    const pieces = [{ text: old ?? '', changed: false }]
    return { change: 'same', before: line(old, 'before', pieces), after: line(now, 'after', pieces) }
  }
  if (old === null || now === null) {
    const whole = (text: string | null) => [{ text: text ?? '', changed: true }]
    return {
      change: old === null ? 'added' : 'removed',
      before: line(old, 'before', whole(old)),
      after: line(now, 'after', whole(now)),
    }
  }
  const words =
    old.length + now.length > LONGEST_WORD_DIFF
      ? [
          { value: old, removed: true, added: false },
          { value: now, removed: false, added: true },
        ]
      : diffWordsWithSpace(old, now)
  const side = (other: 'added' | 'removed') =>
    words.filter(word => !word[other]).map(({ value, added, removed }) => ({ text: value, changed: added || removed }))
  return {
    change: 'changed',
    before: line(old, 'before', side('added')),
    after: line(now, 'after', side('removed')),
  }
}
