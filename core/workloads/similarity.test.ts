import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALIKE, alike, similarity } from './similarity.ts'

const described = fc.record({ name: fc.string({ maxLength: 40 }), objective: fc.string({ maxLength: 200 }) })

describe('whatever is compared', () => {
  test('is between nothing and everything, the same both ways, and fully like itself', () => {
    fc.assert(
      fc.property(described, described, (one, other) => {
        const likeness = similarity(one, other)
        expect(likeness).toBeGreaterThanOrEqual(0)
        expect(likeness).toBeLessThanOrEqual(1)
        expect(likeness).toBeCloseTo(similarity(other, one), 10)
        const own = similarity(one, one)
        expect(own === 0 || own > 0.999_999).toBe(true)
      }),
    )
  })

  test('of many, the most alike come first and none below the bound', () => {
    fc.assert(
      fc.property(described, fc.array(described, { maxLength: 8 }), (one, others) => {
        const found = alike(one, others)
        expect(found.length).toBeLessThanOrEqual(3)
        for (const [at, { likeness }] of found.entries()) {
          expect(likeness).toBeGreaterThanOrEqual(ALIKE)
          expect(likeness).toBeLessThanOrEqual(found[at - 1]?.likeness ?? 1)
        }
      }),
    )
  })
})

const CHAT = { name: 'Support chat', objective: 'Answer customers in the chat about orders and returns' }

test.each([
  ['the same purpose in other words', { name: 'Support chat bot', objective: 'Answers customers about their orders' }],
  [
    'another order of words',
    { name: 'Chat for support', objective: 'Answer customers about orders and returns in the chat' },
  ],
  ['accents and case', { name: 'SUPPORT CHÁT', objective: '' }],
])('%s is alike', (_, other) => {
  expect(similarity(CHAT, other)).toBeGreaterThanOrEqual(ALIKE)
})

test.each([
  ['another trade', { name: 'Invoice reading', objective: 'Read amounts and suppliers from scanned invoices' }],
  ['the same team, another use', { name: 'Ticket triage', objective: 'Sort incoming tickets by urgency and topic' }],
  ['nothing yet', { name: '', objective: '' }],
])('%s is not', (_, other) => {
  expect(similarity(CHAT, other)).toBeLessThan(ALIKE)
})
