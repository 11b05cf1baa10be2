import { expect, test } from 'vitest'
import type { MaturityDto, PartDto } from '#lib/maturity/schema.ts'
import { foundText, headline } from './maturity-words.ts'

const part: PartDto = {
  by: 'fact',
  text: 'tiers',
  state: 'not_met',
  observed: '2',
  required: 'at least 3',
  value: 2,
  stale: false,
  href: null,
}

test('what was found stands beside what it takes, while it is too little', () => {
  expect(foundText(part)).toBe('2, at least 3 needed')
  expect(foundText({ ...part, state: 'met', observed: '3' })).toBe('3')
  expect(foundText({ ...part, state: 'unknown', observed: null })).toBe('unknown, at least 3 needed')
  expect(foundText({ ...part, by: 'attestation', state: 'unknown', stale: true })).toBe('attested too long ago')
})

test('the headline says where the organization stands', () => {
  const criterion = (state: 'met' | 'unknown') => ({ kind: 'exit', stage: 1, state }) as MaturityDto['criteria'][number]
  const maturity = (states: ('met' | 'unknown')[], advancement: MaturityDto['advancement'] = null) =>
    ({ stage: 1, criteria: states.map(criterion), advancement }) as MaturityDto
  expect(headline(maturity(['met', 'unknown']))).toBe('Stage 1, Foundation: 1 of 2 exit criteria are met')
  expect(headline(maturity(['met']))).toBe('Stage 1, Foundation: ready to ask the board for stage 2')
  expect(headline(maturity(['met'], { approvalId: 'x' }))).toBe('Stage 1, Foundation: the board decides on stage 2')
})
