import { hasContext, isAlone } from './context.ts'
import type { Match } from './detector.ts'
import type { Scan } from './scan.ts'

/** A number that is written in groups of digits, such as 078-05-1120. */
export interface NumberForm {
  readonly kind: string
  /** Lengths of the groups with what stands between: `3-2-4`, `11`. */
  readonly layouts: readonly string[]
  /** Layouts that are taken only beside a word of the context. */
  readonly needContext?: readonly string[] | 'all'
  readonly context?: RegExp
  /** When it is taken without a word because it is the whole text: if written in groups, unless told. */
  readonly alone?: 'always' | 'never'
  /** No further group may stand beside it: it would be a part of a longer number. */
  readonly isolated?: true
  valid(digits: string): boolean
}

/** A run of groups of digits whose layout some form has. */
interface Written {
  readonly layout: string
  readonly digits: string
  readonly start: number
  readonly end: number
}

const MOST_GROUPS = 7
const DIGITS_ONLY = /^\d+$/
/** Layouts of all forms, so that one walk over a scan serves every finder. */
const LAYOUTS = new Set<string>()
/** What layouts begin with: a run whose groups so far are none of these is not looked at any further. */
const BEGINNINGS = new Set<string>()
const walked = new WeakMap<Scan, Written[]>()

/** Looks for numbers of several forms at once: each run of groups is looked up by its layout. */
export function numberFinder(forms: readonly NumberForm[]): (scan: Scan) => Match[] {
  const byLayout = new Map<string, NumberForm[]>()
  for (const form of forms) {
    for (const layout of form.layouts) {
      LAYOUTS.add(layout)
      for (const part of layout.matchAll(/\d+/g)) BEGINNINGS.add(layout.slice(0, part.index + part[0].length))
      byLayout.set(layout, [...(byLayout.get(layout) ?? []), form])
    }
  }
  return scan => {
    if (scan.groups.length === 0) return []
    const found: Match[] = []
    for (const { layout, digits, start, end } of numbersOf(scan)) {
      for (const form of byLayout.get(layout) ?? []) {
        if (!form.valid(digits) || !inContext(scan, form, layout, { start, end })) continue
        found.push({ kind: form.kind, start, end })
      }
    }
    return found
  }
}

function numbersOf(scan: Scan): Written[] {
  const known = walked.get(scan)
  if (known) return known
  const numbers: Written[] = []
  for (let first = 0; first < scan.groups.length; first++) collectFrom(scan, first, numbers)
  walked.set(scan, numbers)
  return numbers
}

function collectFrom({ groups, text }: Scan, first: number, numbers: Written[]): void {
  const begin = groups[first]
  if (!begin || begin.gluedLeft || continues(begin.joint, first > 0)) return
  let layout = ''
  for (let next = first; next < groups.length && next < first + MOST_GROUPS; next++) {
    const group = groups[next]
    if (!group || (next > first && (group.joint === null || group.gluedLeft))) return
    layout += (next > first ? group.joint : '') + String(group.end - group.start)
    if (!BEGINNINGS.has(layout)) return
    if (group.gluedRight || !LAYOUTS.has(layout) || continues(groups[next + 1]?.joint ?? null, true)) continue
    const digits = text.slice(begin.start, group.end).replace(/\D/g, '')
    numbers.push({ layout, digits, start: begin.start, end: group.end })
  }
}

/** A separator other than a space says that the number goes on, so a part of it is not the number. */
function continues(joint: string | null, hasNeighbour: boolean): boolean {
  return hasNeighbour && joint !== null && (joint === '-' || joint === '.' || joint === '/' || joint === ':')
}

function isEnough({ alone }: NumberForm, layout: string): boolean {
  return alone === 'always' || (alone !== 'never' && !DIGITS_ONLY.test(layout))
}

function isIsolated({ text }: Scan, { start, end }: { start: number; end: number }): boolean {
  return !/[\dA-Z] $/.test(text.slice(Math.max(0, start - 2), start)) && !/^ \d/.test(text.slice(end, end + 2))
}

function inContext(scan: Scan, form: NumberForm, layout: string, span: { start: number; end: number }): boolean {
  if (!form.context) return true
  if (form.isolated && !isIsolated(scan, span) && !hasContext(scan, span, form.context)) return false
  const needed = form.needContext === 'all' || form.needContext?.includes(layout)
  if (!needed) return true
  if (isAlone(scan, span) && isEnough(form, layout)) return true
  return hasContext(scan, span, form.context)
}
