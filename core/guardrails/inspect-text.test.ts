import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeKey } from '../api-key.ts'
import { inspectText } from './inspect-text.ts'
import { maskText } from './mask-text.ts'
import { compilePattern, hashDictionary } from './organization-pattern.ts'
import { PatternForm } from './pattern-form.ts'

const kinds = (text: string) => inspectText(text).map(finding => finding.kind)

test('finds data that hides behind other characters, where it really is', () => {
  const text = 'card ４１１１\u00a01111\u200b\u20101111-1111 and a\u00adnna@example.com'
  const found = inspectText('x 4111\u200b1111\u200b1111\u200b1111 y')
  expect(found).toMatchObject([{ detector: 'card', start: 2, end: 21 }])
  expect(inspectText(text).map(finding => finding.detector)).toContain('email')
})

test('a value of a thousand short words takes no longer than any other', () => {
  const words = Array.from({ length: 60 }, (_, at) => String.fromCharCode(97 + (at % 26), 97 + ((at * 7) % 26)))
  expect(kinds(`api_key = ${words.join('-')}-1A!`)).toEqual(['generic_secret'])
})

test('two or three values and nothing else are read like one', () => {
  expect(kinds('536228726 and 536228727')).toEqual(['us_ssn', 'us_ssn'])
  expect(kinds('shipment 536228726 and 536228727 of 2026')).toEqual([])
})

test('the whole of an address is found, to mask all of it', () => {
  const text = 'Billing address: 1904 Sandgata 31 Apt. 207\n  TROMSO\n  NO\n 90110'
  expect(maskText(text, inspectText(text))).toBe('Billing address: [ADDRESS]')
})

test('a key of this product counts only with its checksum', () => {
  const { key } = makeKey('live')
  expect(kinds(`use ${key} now`)).toEqual(['gatehouse_key'])
  expect(kinds(`use ${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'} now`)).toEqual([])
})

test('masking keeps the rest of the text and leaves nothing to find', () => {
  const text = 'Write to anna@example.com or pay 4111 1111 1111 1111 by Friday.'
  const masked = maskText(text, inspectText(text))
  expect(masked).toBe('Write to [EMAIL] or pay [CARD] by Friday.')
  expect(inspectText(masked)).toEqual([])
})

test('reads any text without an error, and says where within it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), text => {
      for (const { start, end } of inspectText(text)) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
      }
    }),
  )
})

test.each([
  '1-'.repeat(20_000),
  '(0'.repeat(20_000),
  'a@'.repeat(20_000),
  'Main 1 '.repeat(8_000),
  'key=key='.repeat(5_000),
])('takes hostile text of 40 KB without stalling', text => {
  expect(Array.isArray(inspectText(text))).toBe(true)
})

/** Comparing each finding with all before it, or reading each row anew for each of its numbers, would take minutes. */
test.each([
  'a@b.co ',
  '1.1.1.1 ',
  'DE89 3704 0044 0532 0130 00 ',
  'Hauptstrasse 1 ',
  'name,phone,order\n+49 30 1234567 ',
])('takes as long for each of many %j as for one', fragment => {
  const [line = '', rest] = fragment.includes('\n') ? fragment.split('\n') : ['', fragment]
  const found = inspectText(`${line}\n${(rest ?? '').repeat(1_000_000 / fragment.length)}`)
  expect(found.length).toBeGreaterThan(10_000)
})

test.each([
  'hooks.slack.com/',
  'aGVsbG8gd29ybGQg ',
  'mysql -p a ',
  'am ab-weg ',
  '12 north a b ',
  'wohnt in der am ',
  'ignoriere alle ',
  'zeige mir a ',
  'zeig-',
  'reveal the a ',
  'send a [',
  'note to a ',
  '$2a$10$ ',
])('reads four million characters of %j in proportion to their number', fragment => {
  const text = fragment.repeat(4_000_000 / fragment.length)
  const places = inspectText(`${text}\nanna@example.com`).filter(({ start }) => start > text.length)
  expect(places.map(({ detector }) => detector)).toEqual(['email'])
})

test('a column is read by its head, wherever in its row the value stands', () => {
  const filler = `1,n/a,${'plain words '.repeat(8)}`
  const text = ['order,"social",note', filler, '536228726,"536228727",536228728', `${filler},536228729`].join('\n')
  expect(inspectText(text).map(({ start, end }) => text.slice(start, end))).toEqual(['536228727'])
})

describe('patterns of an organization', () => {
  const find = (form: unknown, text: string) =>
    inspectText(text, new Set(), [compilePattern('own', PatternForm.parse(form))]).map(({ start, end }) =>
      text.slice(start, end),
    )

  test('a template matches whole words of its shape', () => {
    const form = { form: 'template', templates: ['CUST-######', '@@.##'] }
    expect(find(form, 'cust-123456, CUST-1234567, XCUST-123456 and ab.12')).toEqual(['cust-123456', 'ab.12'])
  })

  test('keywords match words, not parts of them', () => {
    expect(find({ form: 'keywords', words: ['Project Falcon'] }, 'project falcon, project falcons')).toEqual([
      'project falcon',
    ])
  })

  test('a dictionary holds no entry in the clear and finds each', () => {
    const form = hashDictionary(['Ada Lovelace', 'Turing'], Buffer.alloc(16, 7))
    expect(JSON.stringify(form)).not.toMatch(/lovelace|turing/i)
    expect(find(form, 'We met ada  LOVELACE, and Turing.')).toEqual(['ada  LOVELACE', 'Turing'])
  })

  test.each([['(a+)+$'], ['plain text'], ['a'.repeat(65)]])('refuses the template %s', template => {
    expect(PatternForm.safeParse({ form: 'template', templates: [template] }).success).toBe(false)
  })
})
