import { z } from 'zod'

interface Shape {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Shape[]
  format?: string
  pattern?: string
  minimum?: number
  minLength?: number
  minItems?: number
  items?: Shape
  properties?: { [name: string]: Shape }
  required?: string[]
}

/** What to put where a schema asks for an id, by the field's name. */
export type IdOf = (field: string) => string

/**
 * An input that a schema takes: its required fields, and every field that takes an id. Null when the schema has
 * a rule that this does not meet; such an input has to be given by hand.
 */
export function sampleInput(schema: z.ZodType, idOf: IdOf): unknown {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
  const sample = drawValue(shape, '', idOf)
  return schema.safeParse(sample).success ? sample : null
}

/** The fields of an input, and those of its query. */
export function fieldsOf(schema: z.ZodType): string[] {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
  return Object.keys(shape.properties ?? {})
}

/** Whether a schema takes an id anywhere. */
export function takesIds(schema: z.ZodType): boolean {
  return JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).includes('"uuid"')
}

function drawValue(shape: Shape, field: string, idOf: IdOf): unknown {
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.anyOf) return drawValue(shape.anyOf.find(one => one.type !== 'null') ?? {}, field, idOf)
  if (shape.type === 'object') return objectOf(shape, idOf)
  if (shape.type === 'array') return shape.items && wantsItem(shape) ? [drawValue(shape.items, field, idOf)] : []
  if (shape.type === 'integer' || shape.type === 'number') return Math.max(1, shape.minimum ?? 1)
  if (shape.type === 'boolean') return true
  return textOf(shape, field, idOf)
}

function objectOf(shape: Shape, idOf: IdOf): object {
  const fields = Object.entries(shape.properties ?? {})
  const wanted = fields.filter(([name, inner]) => shape.required?.includes(name) || isId(inner))
  return Object.fromEntries(wanted.map(([name, inner]) => [name, drawValue(inner, name, idOf)]))
}

function textOf(shape: Shape, field: string, idOf: IdOf): string {
  if (shape.format === 'uuid') return idOf(field)
  if (shape.format === 'email' || field === 'email') return 'sample@example.test'
  if (shape.format === 'date-time') return '2199-01-01T00:00:00Z'
  if (shape.format === 'date') return '2026-01-01'
  if (shape.pattern?.includes('{64}')) return 'a'.repeat(64)
  return 'sample'.padEnd(shape.minLength ?? 0, '-')
}

function isId(shape: Shape): boolean {
  const one = shape.anyOf?.find(inner => inner.type !== 'null') ?? shape
  return one.format === 'uuid' || (one.type === 'array' && one.items?.format === 'uuid')
}

function wantsItem(shape: Shape): boolean {
  return (shape.minItems ?? 0) > 0 || shape.items?.format === 'uuid'
}
