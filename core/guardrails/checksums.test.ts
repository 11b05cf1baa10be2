import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dihedral, entropy, isDate, luhn, mod97, mod1110, verhoeff } from './checksums.ts'

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
/** The one digit that makes a text of digits valid, or those when there are several. */
const completions = (stem: string, valid: (text: string) => boolean) =>
  [...'0123456789'].filter(digit => valid(stem + digit))

describe.each([
  ['Luhn', luhn, 15],
  ['Verhoeff', verhoeff, 11],
  ['mod 11,10', mod1110, 10],
] as const)('%s', (_, valid, length) => {
  test('has exactly one check digit for every number', () => {
    fc.assert(fc.property(digits(length), stem => completions(stem, valid).length === 1))
  })

  test('notices every single wrong digit', () => {
    fc.assert(
      fc.property(digits(length), fc.nat(length - 1), fc.integer({ min: 1, max: 9 }), (stem, at, shift) => {
        const whole = stem + completions(stem, valid)[0]
        const wrong = String((Number(whole[at]) + shift) % 10)
        expect(valid(whole.slice(0, at) + wrong + whole.slice(at + 1))).toBe(false)
      }),
    )
  })
})

test('Verhoeff notices swapped neighbours, which Luhn does not always', () => {
  fc.assert(
    fc.property(digits(11), fc.nat(9), (stem, at) => {
      const whole = stem + completions(stem, verhoeff)[0]
      const swapped = whole.slice(0, at) + whole[at + 1] + whole[at] + whole.slice(at + 2)
      expect(verhoeff(swapped)).toBe(swapped === whole)
    }),
  )
  expect(luhn('09') === luhn('90')).toBe(true)
})

test('the dihedral group is a group that does not commute', () => {
  const element = fc.nat(9)
  fc.assert(
    fc.property(element, element, element, (a, b, c) => dihedral(dihedral(a, b), c) === dihedral(a, dihedral(b, c))),
  )
  expect(dihedral(1, 5)).not.toBe(dihedral(5, 1))
})

test('mod 97 is what long arithmetic says', () => {
  fc.assert(fc.property(digits(30), text => mod97(text) === Number(BigInt(text) % 97n)))
  expect(mod97('AZ')).toBe(1035 % 97)
})

test('published examples', () => {
  expect(luhn('79927398713')).toBe(true)
  expect(verhoeff('2363')).toBe(true)
  expect(mod1110('86095742719')).toBe(true)
})

test('entropy is 0 for one letter and 3 bits for eight different ones', () => {
  expect(entropy('aaaa')).toBeCloseTo(0)
  expect(entropy('abcdefgh')).toBeCloseTo(3)
})

test('dates know the length of months', () => {
  expect([isDate(2024, 2, 29), isDate(2023, 2, 29), isDate(2024, 13, 1), isDate(2024, 4, 31)]).toEqual([
    true,
    false,
    false,
    false,
  ])
})
