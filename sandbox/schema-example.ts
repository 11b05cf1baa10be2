import { numberFrom } from './digest.ts'

type Schema = Readonly<Record<string, unknown>>

const MAX_DEPTH = 8

const FORMATS: Readonly<Record<string, string>> = {
  date: '2026-03-14',
  'date-time': '2026-03-14T09:30:00Z',
  time: '09:30:00Z',
  email: 'sam.rivera@example.com',
  uri: 'https://example.com/',
  uuid: '018f6b1e-7c4a-7d3b-9a51-2f0c6f1d8e42',
}

const BY_NAME: readonly (readonly [RegExp, readonly string[]])[] = [
  [/city|location|place/i, ['Berlin', 'Lisbon', 'Toronto', 'Osaka']],
  [/country/i, ['Germany', 'Portugal', 'Canada', 'Japan']],
  [/e-?mail/i, ['sam.rivera@example.com', 'noor.haddad@example.com']],
  [/name|person|user/i, ['Sam Rivera', 'Noor Haddad', 'Kim Larsen']],
  [/currency/i, ['USD', 'EUR']],
  [/date|day/i, ['2026-03-14', '2026-06-02']],
  [/unit/i, ['celsius']],
  [/query|search|question/i, ['quarterly report', 'open invoices', 'travel policy']],
  [/id$/i, ['A-1042', 'B-2077', 'C-3190']],
  [/url|link/i, ['https://example.com/']],
]

const WORDS = ['first draft', 'as agreed', 'next steps', 'ready for review']

/**
 * A value that satisfies a JSON Schema, the same for the same digest: what a model would have filled in.
 * Understands types, enum, const, properties, items, bounds, anyOf, oneOf, allOf and local references.
 */
export function exampleFor(schema: unknown, digest: string): unknown {
  const root = asSchema(schema)
  let drawn = 0
  const draw = (count: number) => (count > 1 ? numberFrom(digest, drawn++) % count : 0)
  const pick = (values: readonly unknown[]) => values[draw(values.length)]

  function example(node: Schema, name: string, depth: number): unknown {
    const resolved = resolve(node, root)
    if ('const' in resolved) return resolved.const
    if (Array.isArray(resolved.enum) && resolved.enum.length > 0) return pick(resolved.enum)
    const type = Array.isArray(resolved.type) ? resolved.type.find(one => one !== 'null') : resolved.type
    if (type === 'object' || resolved.properties) return objectExample(resolved, depth)
    if (type === 'array') return arrayExample(resolved, name, depth)
    if (type === 'integer' || type === 'number') return numberExample(resolved)
    if (type === 'boolean') return draw(2) === 0
    if (type === 'null') return null
    return textExample(resolved, name)
  }

  function objectExample(node: Schema, depth: number): Record<string, unknown> {
    const properties = Object.entries(asSchema(node.properties))
    const required = Array.isArray(node.required) ? new Set(node.required) : null
    const wanted = depth < MAX_DEPTH ? properties.filter(([key]) => required?.has(key) ?? true) : []
    return Object.fromEntries(wanted.map(([key, value]) => [key, example(asSchema(value), key, depth + 1)]))
  }

  function arrayExample(node: Schema, name: string, depth: number): unknown[] {
    if (depth >= MAX_DEPTH) return []
    const length = Math.max(typeof node.minItems === 'number' ? node.minItems : 1, node.maxItems === 0 ? 0 : 1)
    return Array.from({ length }, () => example(asSchema(node.items), name, depth + 1))
  }

  function numberExample(node: Schema): number {
    const min = typeof node.minimum === 'number' ? Math.ceil(node.minimum) : 1
    const max = typeof node.maximum === 'number' ? Math.floor(node.maximum) : min + 41
    return min + draw(Math.max(max - min + 1, 1))
  }

  function textExample(node: Schema, name: string): string {
    const known = typeof node.format === 'string' ? FORMATS[node.format] : undefined
    const text = known ?? String(pick(BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? WORDS))
    const shortest = typeof node.minLength === 'number' ? node.minLength : 0
    return text.padEnd(shortest, '.').slice(0, typeof node.maxLength === 'number' ? node.maxLength : undefined)
  }

  return example(root, '', 0)
}

function resolve(node: Schema, root: Schema, hops = 0): Schema {
  if (hops > MAX_DEPTH) return {}
  const follow = (value: unknown) => resolve(asSchema(value), root, hops + 1)
  if (typeof node.$ref === 'string') return follow(atPointer(root, node.$ref))
  const choices = node.anyOf ?? node.oneOf
  if (Array.isArray(choices)) return follow(choices[0])
  if (Array.isArray(node.allOf)) return Object.assign({}, ...node.allOf.map(follow))
  return node
}

function atPointer(root: Schema, reference: string): unknown {
  const steps = reference.replace(/^#\/?/, '').split('/').filter(Boolean)
  return steps.reduce<unknown>((value, step) => asSchema(value)[step], root)
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {}
}
