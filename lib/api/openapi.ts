import { z } from 'zod'
import { ERROR_KINDS } from '#lib/platform/errors.ts'
import type { Operation } from '#lib/platform/operation.ts'
import { API_ROOT } from './api-root.ts'
import { operationIdOf, resourceOf } from './operation-id.ts'
import { operations } from './registry.ts'

export type JsonObject = { [name: string]: unknown }

const PROBLEM = z.strictObject({
  type: z.string().meta({ description: 'Where the kind of problem is explained' }),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: 'What is wrong here and the way out' }),
  instance: z.string(),
  requestId: z.string(),
  errors: z.array(z.strictObject({ field: z.string(), message: z.string() })),
})

const INTRODUCTION = `Everything the portal can do with these records. Send \`authorization: Bearer gh_st_…\` (a service token).
Lists answer \`{data, nextCursor}\`; give \`nextCursor\` back as \`cursor\`. A POST with an \`idempotency-key\` runs once: a
repeat within 24 hours gets the first answer again. Refusals are problem documents (RFC 9457). Times are UTC, money is
US dollars as decimal text. Unknown fields and query parameters are refused.`

let built: JsonObject | undefined

/** The API's description in OpenAPI 3.1, generated from the registry. */
export function openApiDocument(): JsonObject {
  built ??= buildDocument(operations)
  return built
}

/** A description of these operations. */
export function buildDocument(described: readonly Operation[]): JsonObject {
  const paths: { [path: string]: JsonObject } = {}
  for (const operation of described) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: operationObject(operation) }
  }
  const resources = [...new Set(described.map(resourceOf))].sort()
  return {
    openapi: '3.1.0',
    info: { title: 'Gatehouse API', version: 'v1', description: INTRODUCTION },
    servers: [{ url: API_ROOT }],
    security: [{ serviceToken: [] }],
    tags: resources.map(name => ({ name })),
    paths,
    components: {
      securitySchemes: {
        serviceToken: { type: 'http', scheme: 'bearer', description: 'A service token, gh_st_…' },
      },
      schemas: { Problem: jsonSchema(PROBLEM, 'output') },
      parameters: {
        IdempotencyKey: {
          name: 'idempotency-key',
          in: 'header',
          required: false,
          description: 'Makes the request run once: a repeat with the same key and body gets the first answer again',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
        Limit: {
          name: 'limit',
          in: 'query',
          description: 'How many records a page holds',
          schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
        },
        Cursor: {
          name: 'cursor',
          in: 'query',
          description: 'nextCursor of the page before',
          schema: { type: 'string', maxLength: 512 },
        },
      },
      responses: { Problem: problemResponse('A refusal') },
    },
  }
}

function operationObject(operation: Operation): JsonObject {
  const bodySchema = operation.body ? jsonSchema(operation.body, 'input') : null
  const media = operation.mediaType ?? 'application/json'
  return {
    operationId: operationIdOf(operation),
    summary: operation.summary,
    tags: [resourceOf(operation)],
    ...(operation.permission ? { description: `Needs the permission \`${operation.permission}\`.` } : {}),
    parameters: [...pathParameters(operation), ...queryParameters(operation), ...idempotency(operation)],
    ...(bodySchema
      ? {
          requestBody: {
            required: Boolean((bodySchema.required as string[] | undefined)?.length),
            content: { 'application/json': { schema: bodySchema } },
          },
        }
      : {}),
    responses: {
      [String(operation.status ?? 200)]: {
        description: 'Done',
        content: {
          [media]: { schema: operation.mediaType ? { type: 'string' } : jsonSchema(operation.response, 'output') },
        },
      },
      ...refusals(operation),
    },
  }
}

function pathParameters(operation: Operation): JsonObject[] {
  return [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: /^id$|Id$/.test(name ?? '') ? { type: 'string', format: 'uuid' } : { type: 'string' },
  }))
}

function queryParameters(operation: Operation): JsonObject[] {
  if (!operation.query) return []
  const schema = jsonSchema(operation.query, 'input') as {
    properties?: { [name: string]: JsonObject }
    required?: string[]
  }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    if (name === 'limit') return { $ref: '#/components/parameters/Limit' }
    if (name === 'cursor') return { $ref: '#/components/parameters/Cursor' }
    return { name, in: 'query', required: schema.required?.includes(name) ?? false, schema: property }
  })
}

function idempotency(operation: Operation): JsonObject[] {
  return operation.method === 'POST' ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []
}

function refusals(operation: Operation): JsonObject {
  const kinds = ['unauthenticated', 'permission_denied', 'rate_limited'] as (keyof typeof ERROR_KINDS)[]
  if (operation.path.includes('{')) kinds.push('not_found')
  if (operation.body || operation.query) kinds.push('invalid_input')
  if (operation.body) kinds.push('malformed_request', 'too_large', 'unsupported_media_type')
  if (operation.method !== 'GET') kinds.push('conflict')
  const statuses = [...new Set(kinds.map(kind => ERROR_KINDS[kind].status))].sort((a, b) => a - b)
  return Object.fromEntries(statuses.map(status => [String(status), { $ref: '#/components/responses/Problem' }]))
}

function problemResponse(description: string): JsonObject {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest as JsonObject
}
