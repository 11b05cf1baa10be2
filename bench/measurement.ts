/** One measurement of one target. */
export type Measurement = {
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Time to the first chunk of a streamed answer; null for whole answers. */
  readonly firstTokenP50Ms: number | null
  readonly firstTokenP99Ms: number | null
  /** Answers other than 2xx, errors, timeouts, and streams without their end. */
  readonly failed: number
  /** Processor time of the target's process per request; null where the system does not tell. */
  readonly cpuMicrosPerRequest: number | null
}

/** The median of each figure over several measurements; failures add up. */
export function median(measurements: readonly Measurement[]): Measurement {
  const middle = (pick: (one: Measurement) => number) => {
    const sorted = measurements.map(pick).sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  }
  const known = (pick: (one: Measurement) => number | null) =>
    measurements.every(one => pick(one) !== null) ? middle(one => pick(one) ?? Number.NaN) : null
  return {
    requestsPerSecond: middle(one => one.requestsPerSecond),
    p50Ms: middle(one => one.p50Ms),
    p99Ms: middle(one => one.p99Ms),
    firstTokenP50Ms: known(one => one.firstTokenP50Ms),
    firstTokenP99Ms: known(one => one.firstTokenP99Ms),
    failed: measurements.reduce((sum, one) => sum + one.failed, 0),
    cpuMicrosPerRequest: known(one => one.cpuMicrosPerRequest),
  }
}

/** The value below which a share of the sorted values lies; NaN when there are none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? Number.NaN
}
