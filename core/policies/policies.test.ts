import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareTexts, countChanges } from './compare-texts.ts'
import { checkPolicy, whatIsMissing } from './completeness.ts'
import { POLICY_KINDS } from './policy-kinds.ts'
import { readPolicy } from './read-policy.ts'
import { POLICY_TEMPLATES } from './templates.ts'

const word = fc.stringMatching(/^[a-z]{1,9}$/)
const sentence = fc.array(word, { minLength: 1, maxLength: 12 }).map(words => `${words.join(' ')}.`)
const ref = fc.tuple(fc.constantFrom('A', 'D', 'IP', 'HO'), fc.nat(99)).map(([letters, n]) => `${letters}${n}`)

describe('clauses', () => {
  const clause = fc.record({ ref, text: sentence, more: fc.option(sentence), mark: fc.constantFrom('-', '*', '+') })
  const section = fc.record({ title: sentence, prose: sentence, clauses: fc.array(clause, { maxLength: 5 }) })

  test('what is written as clauses is read as clauses, in order, each under its heading', () => {
    fc.assert(
      fc.property(fc.array(section, { maxLength: 6 }), sections => {
        const text = sections
          .map(({ title, prose, clauses }) => {
            const items = clauses.map(
              one => `${one.mark} **${one.ref}** ${one.text}${one.more ? `\n  ${one.more}` : ''}`,
            )
            return `## ${title}\n\n${prose}\n\n${items.join('\n')}\n`
          })
          .join('\n')
        const wanted = sections.flatMap(({ title, clauses }) =>
          clauses.map(one => ({ ref: one.ref, text: one.more ? `${one.text} ${one.more}` : one.text, section: title })),
        )
        expect(readPolicy(text).clauses).toEqual(wanted)
        expect(readPolicy(text.replaceAll('\n', '\r\n')).clauses).toEqual(wanted)
      }),
    )
  })

  test('any text can be read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => Array.isArray(readPolicy(text).clauses)),
    )
  })

  test('what stands in code is no clause, and a reference twice is told', () => {
    const text = '## Data\n```\n- **D1** in code\n```\n- **D2** one\n- **D2** two\n- **loud** no reference\n'
    expect(readPolicy(text)).toMatchObject({ clauses: [{ ref: 'D2' }, { ref: 'D2' }], repeated: ['D2'] })
  })
})

describe('comparing', () => {
  const joined = (rows: ReturnType<typeof compareTexts>, side: 'before' | 'after') =>
    rows.flatMap(row => (row[side] ? [row[side].pieces.map(piece => piece.text).join('')] : [])).join('\n')
  const text = fc
    .array(fc.oneof(sentence, fc.constant(''), fc.string({ maxLength: 20 })), { maxLength: 12 })
    .map(lines => lines.join('\n').replaceAll('\r', ''))

  test('both texts are found whole in it, and line numbers count up', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = compareTexts(before, after)
        expect(joined(rows, 'before')).toBe(before)
        expect(joined(rows, 'after')).toBe(after)
        for (const side of ['before', 'after'] as const) {
          const numbers = rows.flatMap(row => row[side]?.number ?? [])
          expect(numbers).toEqual(numbers.map((_, index) => index + 1))
        }
      }),
    )
  })

  test('a text compared with itself is the same all over', () => {
    fc.assert(
      fc.property(text, one => {
        const counts = countChanges(compareTexts(one, one))
        expect([counts.changed, counts.added, counts.removed]).toEqual([0, 0, 0])
      }),
    )
  })

  test('marks the words that differ within a line', () => {
    const [row] = compareTexts('No names may be sent.', 'No names may be sent abroad.')
    expect(row?.change).toBe('changed')
    expect(row?.after?.pieces.filter(piece => piece.changed).map(piece => piece.text.trim())).toEqual(['abroad'])
    expect(row?.before?.pieces.some(piece => piece.changed)).toBe(false)
  })
})

describe('completeness', () => {
  test.each(POLICY_KINDS)('the template of %s is complete and leaves nothing vague', kind => {
    const check = checkPolicy(kind, POLICY_TEMPLATES[kind])
    expect(whatIsMissing(check)).toEqual([])
    expect(check).toMatchObject({ complete: true, vague: [] })
    expect(check.clauses).toBeGreaterThan(kind === 'custom' ? 1 : 7)
  })

  test('says what is missing, what is thin and what is vague', () => {
    const check = checkPolicy(
      'acceptable_use',
      '## Permitted uses\nAnything.\n## Prohibited uses\n- **P1** Use AI responsibly.\n',
    )
    expect(check.sections.map(({ state }) => state)).toEqual(['thin', 'thin', 'missing', 'missing', 'missing'])
    expect(check.vague).toEqual([{ ref: 'P1', words: 'responsibly' }])
    expect(whatIsMissing(check)).toContain('the section “Human oversight”')
    expect(checkPolicy('custom', '').complete).toBe(false)
  })
})
