import { expect, test } from 'vitest'
import type { ReferenceOperation } from '#lib/api/reference.ts'
import { findOperations } from './find-operations.ts'

const operation = (method: string, path: string, summary: string): ReferenceOperation => ({
  ...{ id: `${method} ${path}`, method, path, summary },
  ...{ description: '', status: '200', fields: [], answer: [], curl: '' },
})
const resources = [
  { name: 'keys', operations: [operation('GET', '/keys', 'List keys'), operation('POST', '/keys', 'Issue a key')] },
  { name: 'budgets', operations: [operation('POST', '/budgets', 'Set a budget')] },
]
const pathsOf = (search: string) =>
  findOperations(resources, search).map(({ name, operations }) => [name, operations.length])

test('finds operations by method, path and words, all of which have to stand in one', () => {
  expect(pathsOf('post')).toEqual([
    ['keys', 1],
    ['budgets', 1],
  ])
  expect(pathsOf(' Issue  KEY ')).toEqual([['keys', 1]])
  expect(pathsOf('budget list')).toEqual([])
})
