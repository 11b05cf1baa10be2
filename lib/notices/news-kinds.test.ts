import { glob, readFile } from 'node:fs/promises'
import { expect, expectTypeOf, test } from 'vitest'
import { NEWS_KIND_IDS, NEWS_KINDS, type NewsKindId, newsTitle } from './news-kinds.ts'
import type { News } from './notify.ts'

/** Kinds of what the portal says by `notify`, or by the engine of approvals. */
async function toldKinds(): Promise<Set<string>> {
  const kinds = new Set<string>()
  for await (const file of glob('{lib,worker}/**/*.ts')) {
    if (file.endsWith('.test.ts') || file.endsWith('news-kinds.ts')) continue
    const text = await readFile(file, 'utf8')
    if (!/\b(notify|tell|tellOfReviews)\(/.test(text)) continue
    for (const [, kind = ''] of text.matchAll(/\bkind: '([a-z_]+)'/g)) kinds.add(kind)
  }
  return kinds
}

test('every kind that can be chosen is told by somebody, and has a title of its own', async () => {
  const told = await toldKinds()
  expect(NEWS_KIND_IDS.filter(kind => !told.has(kind))).toEqual([])
  expect(new Set(NEWS_KINDS.map(({ kind }) => kind)).size).toBe(NEWS_KINDS.length)
  expect(new Set(NEWS_KINDS.map(({ title }) => title)).size).toBe(NEWS_KINDS.length)
})

test('nothing is told of a kind that nobody can choose', () => {
  // The type checker holds every caller of `notify` to it.
  expectTypeOf<News['kind']>().toEqualTypeOf<NewsKindId>()
  expect(newsTitle('policy_asked')).toBe('A policy is to be read and acknowledged')
})
