/** One measurement of one target. */
export type Measurement = {
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Answers other than 2xx, errors and timeouts. */
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
  const cpuKnown = measurements.every(one => one.cpuMicrosPerRequest !== null)
  return {
    requestsPerSecond: middle(one => one.requestsPerSecond),
    p50Ms: middle(one => one.p50Ms),
    p99Ms: middle(one => one.p99Ms),
    failed: measurements.reduce((sum, one) => sum + one.failed, 0),
    cpuMicrosPerRequest: cpuKnown ? middle(one => one.cpuMicrosPerRequest ?? Number.NaN) : null,
  }
}
