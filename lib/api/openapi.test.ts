import { describe, expect, test } from 'vitest'
import { type JsonObject, openApiDocument } from './openapi.ts'
import { operationIdOf } from './operation-id.ts'
import { operations } from './registry.ts'

const document = openApiDocument() as { openapi: string; paths: { [path: string]: { [method: string]: JsonObject } } }

describe('the document', () => {
  test('holds every operation once, with a name of its own', () => {
    const described = Object.values(document.paths).flatMap(Object.values)
    expect(document.openapi).toBe('3.1.0')
    expect(described).toHaveLength(operations.length)
    const names = described.map(operation => operation.operationId as string)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z]+$/)
  })

  test('refers only to what it holds', () => {
    const text = JSON.stringify(document)
    for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = (pointer ?? '').split('/').reduce<unknown>((at, step) => (at as JsonObject)?.[step], document)
      expect(found, pointer).toBeDefined()
    }
  })

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
  })
})

test.each([
  ['GET', '/keys', 'listKeys'],
  ['POST', '/keys', 'createKey'],
  ['GET', '/keys/{id}', 'getKey'],
  ['POST', '/keys/{id}/rotate', 'rotateKey'],
  ['GET', '/people/{id}', 'getPerson'],
  ['PUT', '/providers/{id}/credential', 'setProviderCredential'],
] as const)('%s %s is called %s', (method, path, name) => {
  const operation = operations[0]
  if (!operation) throw new Error('no operation')
  expect(operationIdOf({ ...operation, method, path })).toBe(name)
})
