import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')
const LINK = /\]\(([^)#\s]+)/g
/** Of the web, or of a page of the portal. */
const ELSEWHERE = /^(https?:|mailto:|\/)/

test('every link from a document to a file leads to one', () => {
  const documents = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT })]
  const links = documents.flatMap(document =>
    [...readFileSync(path.join(ROOT, document), 'utf8').matchAll(LINK)]
      .map(([, target = '']) => target)
      .filter(target => !ELSEWHERE.test(target))
      .map(target => ({ document, target })),
  )
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter(({ document, target }) => !existsSync(path.join(ROOT, path.dirname(document), target)))).toEqual(
    [],
  )
})
