import { expect, test } from 'vitest'
import type { RateLimitDto } from '#lib/rate-limits/schema.ts'
import { coverText, headline, limitText, stateOf } from './rate-limit-words.ts'

const limit: RateLimitDto = {
  id: '01900000-0000-7000-8000-000000000000',
  name: 'Search',
  scope: 'team',
  target: '01900000-0000-7000-8000-000000000001',
  targetName: 'Search',
  teamId: null,
  measure: 'requests',
  window: 'minute',
  limit: 600,
  version: 1,
  createdAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-01T00:00:00.000Z',
  archivedAt: null,
  used: 0,
  refused: 0,
  lastRefusedAt: null,
  asOf: '2026-11-21T10:00:00.000Z',
}

test.each([
  [{}, '600 requests a minute', 'Team Search'],
  [{ limit: 1, window: 'second' }, '1 request a second', 'Team Search'],
  [
    { measure: 'tokens', limit: 2_000_000, window: 'day', scope: 'key', targetName: null },
    '2,000,000 tokens a day',
    'each API key',
  ],
  [
    { measure: 'concurrency', window: null, limit: 8, scope: 'organization' },
    '8 answers at a time',
    'the whole organization',
  ],
] as const)('%o reads %s of %s', (change, text, cover) => {
  expect(limitText({ ...limit, ...change })).toBe(text)
  expect(coverText({ ...limit, ...change })).toBe(cover)
})

test.each([
  [{}, 'Refused nothing in the last 7 days.', 'ok'],
  [{ refused: 12 }, 'Refused 12 calls in the last 7 days.', 'warn'],
  [{ used: 600, refused: 12 }, 'Full: calls are refused now.', 'bad'],
  [{ archivedAt: '2026-11-20T00:00:00.000Z', used: 600 }, 'Archived. It limits nothing.', 'neutral'],
] as const)('%o says %s', (change, note, tone) => {
  expect(stateOf({ ...limit, ...change })).toMatchObject({ note, tone })
})

test('the headline says whether callers run into limits', () => {
  expect(headline([])).toBe('No rate limit is set')
  expect(headline([limit])).toBe('Nobody runs into the rate limit')
  expect(headline([limit, limit])).toBe('Nobody runs into any of 2 rate limits')
  expect(headline([limit, { ...limit, refused: 3 }])).toBe('1 of 2 rate limits refused 3 calls in the last 7 days')
})
