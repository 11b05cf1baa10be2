import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatAtLeast,
  formatBytes,
  formatCompact,
  formatCount,
  formatCountdown,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatRelativeTime,
  formatTokens,
  inSentence,
} from './format.ts'

describe('formatMoney', () => {
  test.each([
    [15_000_000_000_000n, {}, 'USD 15,000.00'],
    [41_200_000n, {}, 'USD 0.0412'],
    ['34045000000000', { digits: 0 }, 'USD 34,045'],
    [49_100_000_000_000n, { compact: true }, 'USD 49.1k'],
    [0n, {}, 'USD 0.00'],
    [-3_240_000_000_000n, { currency: false }, '−3,240.00'],
    [20n, {}, '< USD 0.0001'],
    [1_005_000_000n, { digits: 2 }, 'USD 1.01'],
    [null, {}, '–'],
  ])('%s with %o reads %s', (amount, format, text) => {
    expect(formatMoney(amount, format)).toBe(text)
  })

  test('never shows a nonzero amount as zero', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 18n), fc.integer({ min: 0, max: 9 }), (amount, digits) => {
        const text = formatMoney(amount, { digits })
        expect(text.startsWith('<') || /[1-9]/.test(text)).toBe(true)
      }),
    )
  })
})

describe('numbers', () => {
  test('group thousands and keep unknown apart from zero', () => {
    expect(formatNumber(214806)).toBe('214,806')
    expect(formatNumber(-1234.5, 1)).toBe('−1,234.5')
    expect(formatNumber(null)).toBe('–')
    expect(formatNumber(12345678901234567890n)).toBe('12,345,678,901,234,567,890')
  })
  test('shorten', () => {
    expect(formatCompact(1204)).toBe('1.2k')
    expect(formatCompact(3_000_000)).toBe('3M')
    expect(formatCompact(999_999)).toBe('1M')
    expect(formatTokens(9_999)).toBe('9,999')
    expect(formatTokens(12_000)).toBe('12k')
    expect([0, 512, 1_536, 20_480, 3 * 1024 ** 3, null].map(formatBytes)).toEqual([
      '0 B',
      '512 B',
      '1.5 KiB',
      '20 KiB',
      '3.0 GiB',
      '–',
    ])
  })
  test('percent and count', () => {
    expect(formatPercent(0.004)).toBe('0.4 %')
    expect(formatPercent(null)).toBe('–')
    expect(formatCount(1, 'call')).toBe('1 call')
    expect(formatCount(7, 'reply', 'replies')).toBe('7 replies')
  })
})

describe('time', () => {
  test.each([
    [1.4, '1.4 ms'],
    [486.2, '486 ms'],
    [2_100, '2.1 s'],
    [186_000, '3 min 06 s'],
    [59_980, '1 min'],
    [11_520_000, '3 h 12 min'],
    [21 * 86_400_000, '21 days'],
  ])('%d ms reads %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text)
  })

  test('countdown', () => {
    expect(formatCountdown(108_000)).toBe('1:48')
    expect(formatCountdown(3_723_000)).toBe('1:02:03')
    expect(formatCountdown(47 * 3_600_000)).toBe('47:00:00')
    expect(formatCountdown(13.9 * 86_400_000)).toBe('13 days')
    expect(formatCountdown(-5)).toBe('0:00')
  })

  test('relative', () => {
    const now = Date.UTC(2026, 10, 21, 10, 31)
    expect(formatRelativeTime(now - 190_000, now)).toBe('3 min ago')
    expect(formatRelativeTime(now + 21 * 86_400_000, now)).toBe('in 21 days')
    expect(formatRelativeTime(now - 1_000, now)).toBe('just now')
    expect(formatRelativeTime(now - 90 * 86_400_000, now)).toBe('23 Aug 2026')
    expect(formatDateTime(now)).toBe('21 Nov 2026 10:31 UTC')
  })
})

test('a label stands inside a sentence, a count may be too low', () => {
  expect([inSentence('Use case'), inSentence('API key')]).toEqual(['use case', 'API key'])
  expect([formatAtLeast({ count: 1_000, more: true }), formatAtLeast({ count: 7, more: false })]).toEqual([
    '1,000+',
    '7',
  ])
})
