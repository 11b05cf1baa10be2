import fc from 'fast-check'
import { expect, test } from 'vitest'
import { needsAcceptance, RISK_LEVELS, riskLevel, riskScore } from './risk.ts'
import { SHIPPED_RISKS } from './shipped-risks.ts'

const grade = fc.integer({ min: 1, max: 5 })
const rating = fc.record({ likelihood: grade, impact: grade })

test('a risk that is likelier or worse never has a lower level', () => {
  fc.assert(
    fc.property(rating, rating, (one, other) => {
      if (one.likelihood > other.likelihood || one.impact > other.impact) return
      expect(RISK_LEVELS.indexOf(riskLevel(one))).toBeLessThanOrEqual(RISK_LEVELS.indexOf(riskLevel(other)))
      expect(riskScore(one)).toBeLessThanOrEqual(riskScore(other))
    }),
  )
})

test('only accepting what stays high is for others to decide', () => {
  expect(needsAcceptance('accept', { likelihood: 2, impact: 5 })).toBe(true)
  expect(needsAcceptance('accept', { likelihood: 3, impact: 3 })).toBe(false)
  expect(needsAcceptance('mitigate', { likelihood: 5, impact: 5 })).toBe(false)
})

test('what is shipped is whole: keys once, grades from 1 to 5, and no worse with its controls than without', () => {
  expect(SHIPPED_RISKS).toHaveLength(12)
  expect(new Set(SHIPPED_RISKS.map(one => one.key)).size).toBe(12)
  for (const { inherent, residual } of SHIPPED_RISKS) {
    for (const value of [...inherent, ...residual]) expect([1, 2, 3, 4, 5]).toContain(value)
    expect(residual[0] * residual[1]).toBeLessThanOrEqual(inherent[0] * inherent[1])
  }
})
