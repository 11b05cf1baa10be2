import { describe, expect, test } from 'vitest'
import type { UsageSums } from '#lib/usage/schema.ts'
import { usageFigures, usageHeadline } from './usage-headline.ts'

const sums = (costUsd: string, requests = 10) => ({ costUsd, requests, refused: 1, totalTokens: 12_345 }) as UsageSums

describe('the heading', () => {
  test.each([
    ['108', '100', 'Your teams spent USD 108.00 in the last 7 days, 8 % more than in the period before'],
    ['50', '100', 'Your teams spent USD 50.00 in the last 7 days, 50 % less than in the period before'],
    ['100.1', '100', 'Your teams spent USD 100.10 in the last 7 days, as much as in the period before'],
    ['100', '0', 'Your teams spent USD 100.00 in the last 7 days'],
  ])('%s after %s', (now, before, text) => {
    expect(usageHeadline('Your teams', sums(now), sums(before), 'the last 7 days')).toBe(text)
  })

  test('says when nothing was asked', () => {
    expect(usageHeadline('You', sums('0', 0), null, 'the last 24 hours')).toBe(
      'You called no model in the last 24 hours',
    )
    expect(usageFigures(sums('0', 0))).toBe('')
  })
})

test('the figures behind it', () => {
  expect(usageFigures(sums('1'))).toBe('10 requests, 12.3k tokens, 10.0 % refused.')
})
