import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bucketOf,
  LAST_BUCKET,
  lowerBoundMs,
  mergeCounts,
  quantileMs,
  totalCount,
  upperBoundMs,
} from '#core/stats/histogram.ts'

const latency = fc.double({ min: 0, max: 5e7, noNaN: true })
const counts = fc.array(fc.tuple(fc.nat(LAST_BUCKET), fc.nat(1000))).map(entries => new Map(entries))
const histogramOf = (values: number[]) => mergeCounts(values.map(value => [bucketOf(value), 1] as const))

describe('buckets', () => {
  it('starts at 0.1 ms and clamps to the last bucket', () => {
    expect([0, 0.1, 0.10001, 0.12, 0.2001, 1e300, Number.POSITIVE_INFINITY].map(bucketOf)).toEqual([
      0, 0, 1, 2, 5, 120, 120,
    ])
    expect(upperBoundMs(0)).toBe(0.1)
    expect(upperBoundMs(4)).toBeCloseTo(0.2, 12)
    expect(() => bucketOf(Number.NaN)).toThrow(RangeError)
  })

  it('holds each latency between the bounds of its bucket', () => {
    fc.assert(
      fc.property(latency, ms => {
        const bucket = bucketOf(ms)
        const slack = ms * 1e-12
        return lowerBoundMs(bucket) <= ms + slack && ms <= upperBoundMs(bucket) + slack
      }),
    )
  })

  it('never puts a longer latency into a lower bucket', () => {
    fc.assert(fc.property(latency, latency, (a, b) => bucketOf(Math.min(a, b)) <= bucketOf(Math.max(a, b))))
  })
})

describe('quantiles', () => {
  it('has none without observations', () => {
    expect(quantileMs(new Map(), 0.5)).toBeNull()
    expect(quantileMs(new Map([[7, 0]]), 0.5)).toBeNull()
    expect(() => quantileMs(new Map([[7, 1]]), 1.1)).toThrow(RangeError)
  })

  it('interpolates inside a bucket', () => {
    expect(quantileMs(new Map([[0, 10]]), 0.5)).toBeCloseTo(0.05, 12)
    expect(quantileMs(new Map([[4, 1]]), 1)).toBeCloseTo(0.2, 12)
  })

  it('stays within one bucket of the true quantile', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.2, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const sorted = values.toSorted((a, b) => a - b)
          const exact = sorted[Math.max(Math.ceil(q * sorted.length) - 1, 0)] ?? Number.NaN
          const estimate = quantileMs(histogramOf(values), q) ?? Number.NaN
          const width = 2 ** 0.25 + 1e-9
          expect(estimate).toBeGreaterThanOrEqual(exact / width)
          expect(estimate).toBeLessThanOrEqual(exact * width)
        },
      ),
    )
  })

  it('grows with q', () => {
    fc.assert(
      fc.property(
        counts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (h, a, b) => {
          const low = quantileMs(h, Math.min(a, b))
          const high = quantileMs(h, Math.max(a, b))
          if (low === null || high === null) return low === high
          return low <= high
        },
      ),
    )
  })
})

describe('merging', () => {
  it('is the histogram of all observations, in any order', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const merged = mergeCounts(a, b)
        expect(new Map(merged)).toEqual(mergeCounts(b, a))
        expect(totalCount(merged)).toBe(totalCount(a) + totalCount(b))
      }),
    )
  })
})
