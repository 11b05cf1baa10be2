import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RateWindow } from './rate-window.ts'

test('admits what a list of all admitted times would, and never more than the limit in any 60 seconds', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 400 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 150 }), steps, (limit, waits) => {
      const window = new RateWindow(limit)
      let admitted: number[] = []
      let now = 1_000
      for (const wait of waits) {
        now += wait
        admitted = admitted.filter(time => time > now - 60_000)
        const expected = admitted.length < limit
        if (expected) admitted.push(now)
        const decision = window.take(now)
        expect(decision.admitted).toBe(expected)
        expect(decision.remaining).toBe(limit - admitted.length)
        if (!expected) expect(decision.resetMs).toBe((admitted[0] ?? 0) + 60_000 - now)
      }
    }),
  )
})
