import { readFileSync } from 'node:fs'
import path from 'node:path'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { MarkdownPage } from './markdown-page.tsx'

const page = readFileSync(path.join(import.meta.dirname, '../../../../docs/errors.md'), 'utf8')

test('the links of errors lead to their codes, each to one place', () => {
  const html = renderToStaticMarkup(<MarkdownPage markdown={page} slugs={new Set()} />)
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1])
  expect(ids).toEqual(expect.arrayContaining(['budget_exceeded', 'invalid_json', 'rate_limited', 'tier_not_allowed']))
  expect(new Set(ids).size).toBe(ids.length)
})
