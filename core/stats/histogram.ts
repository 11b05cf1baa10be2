/**
 * Latency histogram with geometric buckets, four per doubling: a bucket is at most 19 % wide, whatever the latency.
 * Bucket 0 holds everything up to 0.1 ms; bucket 120, the last, everything from some 26 hours on. The database
 * function that writes `latency_rollups` uses the same formula.
 */
export const LAST_BUCKET = 120

const FIRST_UPPER_MS = 0.1
const BUCKETS_PER_DOUBLING = 4

/** Observations by bucket; a bucket that is absent has none. */
export type LatencyCounts = ReadonlyMap<number, number>

/**
 * Bucket of a latency in milliseconds: 0 for ms ≤ 0.1, else clamp(⌊4·log₂(ms / 0.1)⌋ + 1, 1, 120).
 *
 * @throws RangeError when the latency is not a number
 */
export function bucketOf(ms: number): number {
  if (Number.isNaN(ms)) throw new RangeError('a latency must be a number of milliseconds')
  if (ms <= FIRST_UPPER_MS) return 0
  const bucket = Math.floor(BUCKETS_PER_DOUBLING * Math.log2(ms / FIRST_UPPER_MS)) + 1
  return Math.min(Math.max(bucket, 1), LAST_BUCKET)
}

/** Upper bound of a bucket in milliseconds: 0.1 · 2^(bucket / 4). The last bucket is open-ended above its bound. */
export function upperBoundMs(bucket: number): number {
  return FIRST_UPPER_MS * 2 ** (bucket / BUCKETS_PER_DOUBLING)
}

/** Lower bound of a bucket in milliseconds; 0 for the first. */
export function lowerBoundMs(bucket: number): number {
  return bucket <= 0 ? 0 : upperBoundMs(bucket - 1)
}

/** Sums histograms bucket by bucket. */
export function mergeCounts(...histograms: readonly Iterable<readonly [number, number]>[]): Map<number, number> {
  const merged = new Map<number, number>()
  for (const histogram of histograms) {
    for (const [bucket, count] of histogram) merged.set(bucket, (merged.get(bucket) ?? 0) + count)
  }
  return merged
}

/** Number of observations in a histogram. */
export function totalCount(counts: LatencyCounts): number {
  let total = 0
  for (const count of counts.values()) total += count
  return total
}

/**
 * Estimates a quantile in milliseconds by linear interpolation inside the bucket that holds it.
 *
 * @param q the quantile, 0 to 1 (0.5: median)
 * @returns null when the histogram is empty: no observation is not a latency of zero
 * @throws RangeError when q is outside 0…1
 */
export function quantileMs(counts: LatencyCounts, q: number): number | null {
  if (!(q >= 0 && q <= 1)) throw new RangeError('a quantile must be between 0 and 1')
  const total = totalCount(counts)
  if (total === 0) return null
  const rank = q * total
  let below = 0
  let last = 0
  for (const bucket of [...counts.keys()].sort((a, b) => a - b)) {
    const count = counts.get(bucket) ?? 0
    if (count === 0) continue
    last = bucket
    if (below + count >= rank) return interpolateMs(bucket, (rank - below) / count)
    below += count
  }
  return upperBoundMs(last)
}

function interpolateMs(bucket: number, share: number): number {
  const lower = lowerBoundMs(bucket)
  return lower + (upperBoundMs(bucket) - lower) * share
}
