import { expect, test } from 'vitest'
import { openApiDocument } from './openapi.ts'
import { apiReference } from './reference.ts'
import { operations } from './registry.ts'

const reference = apiReference(openApiDocument(), 'https://portal.example')
const find = (id: string) => {
  const found = reference.flatMap(resource => resource.operations).find(operation => operation.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

test('shows every operation', () => {
  expect(reference.flatMap(resource => resource.operations)).toHaveLength(operations.length)
})

test('shows fields with their type, need and limits, nested ones too', () => {
  const { fields, answer, status } = find('createKey')
  expect(fields).toContainEqual({ name: 'teamId', place: 'body', type: 'uuid', required: true, note: '' })
  expect(fields.find(field => field.name === 'expiresInDays')).toMatchObject({
    required: false,
    note: 'at least 1, at most 730, default 90',
  })
  expect(fields.find(field => field.name === 'idempotency-key')?.place).toBe('header')
  expect(answer.map(field => field.name)).toContain('key')
  expect(status).toBe('201')
  expect(find('listKeys').answer.map(field => field.name)).toContain('data[].id')
})

test('gives a curl line that can be pasted', () => {
  expect(find('createKey').curl).toBe(`curl -X POST "https://portal.example/api/v1/keys" \\
  -H "authorization: Bearer $TOKEN" \\
  -H "content-type: application/json" \\
  -d '{"name":"…","teamId":"…id…"}'`)
  expect(find('getKey').curl).toContain('"https://portal.example/api/v1/keys/$ID"')
})
