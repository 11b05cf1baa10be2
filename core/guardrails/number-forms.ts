import type { Match } from './detector.ts'
import { hasContext, type Scan } from './scan.ts'

/** A number that is written in groups of digits, such as 078-05-1120. */
export interface NumberForm {
  readonly kind: string
  /** Lengths of the groups with what stands between: `3-2-4`, `11`. */
  readonly layouts: readonly string[]
  /** Layouts that are taken only beside a word of the context. */
  readonly needContext?: readonly string[] | 'all'
  readonly context?: RegExp
  valid(digits: string): boolean
}

const MOST_GROUPS = 7

/** Looks for numbers of several forms at once: each run of groups is looked up by its layout. */
export function numberFinder(forms: readonly NumberForm[]): (scan: Scan) => Match[] {
  const byLayout = new Map<string, NumberForm[]>()
  for (const form of forms) {
    for (const layout of form.layouts) byLayout.set(layout, [...(byLayout.get(layout) ?? []), form])
  }
  return scan => {
    const found: Match[] = []
    for (let first = 0; first < scan.groups.length; first++) findFrom(scan, first, byLayout, found)
    return found
  }
}

function findFrom(scan: Scan, first: number, byLayout: ReadonlyMap<string, NumberForm[]>, found: Match[]): void {
  const { groups, text } = scan
  const begin = groups[first]
  if (!begin || begin.gluedLeft || continues(begin.joint, first > 0)) return
  let layout = ''
  let digits = ''
  for (let next = first; next < groups.length && next < first + MOST_GROUPS; next++) {
    const group = groups[next]
    if (!group || (next > first && (group.joint === null || group.gluedLeft))) return
    layout += (next > first ? group.joint : '') + String(group.end - group.start)
    digits += text.slice(group.start, group.end)
    const forms = byLayout.get(layout)
    if (!forms || group.gluedRight || continues(groups[next + 1]?.joint ?? null, true)) continue
    for (const form of forms) {
      const span = { start: begin.start, end: group.end }
      if (form.valid(digits) && inContext(scan, form, layout, span)) found.push({ kind: form.kind, ...span })
    }
  }
}

/** A separator other than a space says that the number goes on, so a part of it is not the number. */
function continues(joint: string | null, hasNeighbour: boolean): boolean {
  return hasNeighbour && joint !== null && (joint === '-' || joint === '.' || joint === '/')
}

function inContext(scan: Scan, form: NumberForm, layout: string, span: { start: number; end: number }): boolean {
  if (!form.context) return true
  const needed = form.needContext === 'all' || form.needContext?.includes(layout)
  return !needed || hasContext(scan, span, form.context)
}
