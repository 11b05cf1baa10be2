import { fieldText } from './audit-words.ts'

export interface Change {
  field: string
  /** Null: the field was not there. */
  before: string | null
  after: string | null
  changed: boolean
}

/** What an entry says of each field before and after, changed ones first; nested fields by their path. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [was, is] = [flatten(before), flatten(after)]
  const names = [...new Set([...was.keys(), ...is.keys()])]
  const changes = names.map(name => {
    const [from, to] = [was.get(name) ?? null, is.get(name) ?? null]
    return { field: fieldText(name), before: from, after: to, changed: from !== to }
  })
  return [...changes.filter(change => change.changed), ...changes.filter(change => !change.changed)]
}

function flatten(value: unknown, path = ''): Map<string, string> {
  if (value === null || value === undefined) return path === '' ? new Map() : new Map([[path, 'none']])
  if (typeof value !== 'object') return new Map([[path || 'value', String(value)]])
  if (Array.isArray(value)) return new Map([[path || 'values', listText(value)]])
  const entries = Object.entries(value).flatMap(([name, inner]) => [
    ...flatten(inner, path === '' ? name : `${path}.${name}`),
  ])
  return new Map(entries)
}

function listText(values: unknown[]): string {
  if (values.length === 0) return 'none'
  return values.map(value => (typeof value === 'object' ? JSON.stringify(value) : String(value))).join(', ')
}
