import { describe, expect, test } from 'vitest'
import { headingsOf, introductionOf, linkTarget, titleOf } from './markdown-outline.ts'

const page = `# Sign-in \`now\`

Any [provider](providers.md) works,
with **claims**.

\`\`\`sh
# not a heading
\`\`\`

## First steps
## First steps
`

describe('outline of a page', () => {
  test('headings have ids that differ, and code has none', () => {
    expect(headingsOf(page)).toEqual([
      { depth: 1, text: 'Sign-in now', id: 'sign-in-now' },
      { depth: 2, text: 'First steps', id: 'first-steps' },
      { depth: 2, text: 'First steps', id: 'first-steps-1' },
    ])
  })

  test('title and introduction are plain text', () => {
    expect(titleOf(page)).toBe('Sign-in now')
    expect(introductionOf(page)).toBe('Any provider works, with claims.')
  })

  test('a page that begins with a table has no introduction', () => {
    expect(introductionOf('# Terms\n\n| a | b |\n| --- | --- |')).toBe('')
  })
})

describe('links', () => {
  const slugs = new Set(['providers'])
  test.each([
    ['providers.md', '/docs/providers'],
    ['./providers.md#catalog', '/docs/providers#catalog'],
    ['https://example.com/a.md', 'https://example.com/a.md'],
    ['#here', '#here'],
    ['/docs/api', '/docs/api'],
    ['decisions/0001-evidence.md', null],
    ['components.md', null],
    ['../README.md', null],
  ])('%s leads to %s', (href, target) => {
    expect(linkTarget(href, slugs)).toBe(target)
  })
})
