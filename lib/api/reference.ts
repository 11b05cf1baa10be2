import { API_ROOT } from './api-root.ts'
import type { JsonObject } from './openapi.ts'

/** One field of a request or an answer, nested names joined by dots, `[]` for the items of a list. */
export interface ReferenceField {
  name: string
  place: 'path' | 'query' | 'header' | 'body' | 'answer'
  type: string
  required: boolean
  /** Limits, default and meaning in words; empty when there is nothing to say. */
  note: string
}

export interface ReferenceOperation {
  id: string
  method: string
  path: string
  summary: string
  /** The permission it needs, as the document says it; empty for none. */
  description: string
  status: string
  fields: ReferenceField[]
  answer: ReferenceField[]
  curl: string
}

export interface ReferenceResource {
  name: string
  operations: ReferenceOperation[]
}

interface Schema {
  $ref?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  format?: string
  minimum?: number
  maximum?: number
  maxLength?: number
  default?: unknown
  description?: string
  items?: Schema
  properties?: { [name: string]: Schema }
  required?: string[]
}

interface Parameter {
  $ref?: string
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  description?: string
  schema: Schema
}

interface Document {
  paths: { [path: string]: { [method: string]: DocumentOperation } }
  components: { parameters: { [name: string]: Parameter } }
}

interface DocumentOperation {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  parameters: Parameter[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
  responses: { [status: string]: { content?: { [media: string]: { schema: Schema } } } }
}

/** Deeper than this a field is named, not taken apart. */
const MAX_DEPTH = 3

/**
 * The API document as a page shows it: resources with their operations, fields in rows, a curl line each.
 * @param portalUrl where the portal is reached, without a slash at the end
 */
export function apiReference(document: JsonObject, portalUrl: string): ReferenceResource[] {
  const { paths, components } = document as unknown as Document
  const resources = new Map<string, ReferenceOperation[]>()
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? ''
      const parameters = operation.parameters.map(parameter => resolve(parameter, components.parameters))
      const entry = referenceOperation(method.toUpperCase(), path, operation, parameters, portalUrl)
      resources.set(tag, [...(resources.get(tag) ?? []), entry])
    }
  }
  return [...resources].map(([name, operations]) => ({ name, operations }))
}

function referenceOperation(
  method: string,
  path: string,
  operation: DocumentOperation,
  parameters: Parameter[],
  portalUrl: string,
): ReferenceOperation {
  const body = operation.requestBody?.content['application/json'].schema
  const status = Object.keys(operation.responses).find(code => code.startsWith('2')) ?? '200'
  const [answer] = Object.values(operation.responses[status]?.content ?? {})
  return {
    id: operation.operationId,
    method,
    path,
    summary: operation.summary,
    description: operation.description ?? '',
    status,
    fields: [
      ...parameters.map(parameter => ({
        name: parameter.name,
        place: parameter.in,
        type: typeName(parameter.schema),
        required: parameter.required ?? false,
        note: noteOf({ ...parameter.schema, description: parameter.description ?? parameter.schema.description }),
      })),
      ...(body ? flatten(body, 'body') : []),
    ],
    answer: answer ? flatten(answer.schema, 'answer') : [],
    curl: curlOf(method, `${portalUrl}${API_ROOT}${path}`, body),
  }
}

function resolve(parameter: Parameter, shared: Document['components']['parameters']): Parameter {
  return shared[parameter.$ref?.split('/').at(-1) ?? ''] ?? parameter
}

function flatten(schema: Schema, place: ReferenceField['place'], prefix = '', depth = 1): ReferenceField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const required = schema.required?.includes(name) ?? false
    const field = { name: prefix + name, place, type: typeName(property), required, note: noteOf(property) }
    const plain = withoutNull(property)
    const inner = plain.items ? withoutNull(plain.items) : plain
    if (!inner.properties || depth >= MAX_DEPTH) return [field]
    return [field, ...flatten(inner, place, `${prefix}${name}${plain.items ? '[]' : ''}.`, depth + 1)]
  })
}

function withoutNull(schema: Schema): Schema {
  return schema.anyOf?.find(one => one.type !== 'null') ?? schema
}

function typeName(schema: Schema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeName))].join(' or ')
  if (schema.enum) return schema.enum.map(String).join(' | ')
  if (schema.const !== undefined) return String(schema.const)
  if (schema.type === 'array') return `list of ${schema.items ? typeName(schema.items) : 'anything'}`
  if (schema.type === 'string') return schema.format ?? 'text'
  return schema.type ?? 'anything'
}

function noteOf(schema: Schema): string {
  const plain = withoutNull(schema)
  const limits = [
    // Integers carry JavaScript's own limits, which say nothing.
    plain.minimum !== undefined && plain.minimum > Number.MIN_SAFE_INTEGER ? `at least ${plain.minimum}` : '',
    plain.maximum !== undefined && plain.maximum < Number.MAX_SAFE_INTEGER ? `at most ${plain.maximum}` : '',
    plain.maxLength !== undefined ? `at most ${plain.maxLength} characters` : '',
    isWorthSaying(schema.default) ? `default ${JSON.stringify(schema.default)}` : '',
  ]
  return [schema.description, limits.filter(Boolean).join(', ')].filter(Boolean).join('; ')
}

/** An empty default is what leaving the field out looks like anyway. */
function isWorthSaying(value: unknown): boolean {
  return value !== undefined && value !== null && !['""', '[]', '{}'].includes(JSON.stringify(value))
}

function curlOf(method: string, url: string, body: Schema | undefined): string {
  const target = url.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`)
  const lines = [`curl ${method === 'GET' ? '' : `-X ${method} `}"${target}"`, '-H "authorization: Bearer $TOKEN"']
  if (body) {
    lines.push(
      '-H "content-type: application/json"',
      `-d '${JSON.stringify(exampleOf(body)).replaceAll("'", "'\\''")}'`,
    )
  }
  return lines.join(' \\\n  ')
}

function exampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return exampleOf(withoutNull(schema))
  if (schema.type === 'object') {
    const required = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name))
    return Object.fromEntries(required.map(([name, property]) => [name, exampleOf(property)]))
  }
  if (schema.type === 'array') return schema.items ? [exampleOf(schema.items)] : []
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1)
  if (schema.type === 'boolean') return true
  return schema.format === 'uuid' ? '…id…' : '…'
}
