import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, 'docs/decisions')

const named = readdirSync(folder).flatMap(file =>
  [...readFileSync(path.join(folder, file), 'utf8').matchAll(/`([^`\s]+\.(?:test|spec)\.tsx?)`/g)].map(
    ([, test]) => test ?? '',
  ),
)

test('every test that a decision names is there', () => {
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter(file => !existsSync(path.join(root, file)))).toEqual([])
})
