import type { ChartBucket } from './chart-data.ts'

/** Whether a period that starts at `start` was still running at `asOf`, both ISO or milliseconds, in UTC. */
export function isPartialPeriod(start: string | number, bucket: ChartBucket, asOf: string | number): boolean {
  if (bucket === 'category') return false
  return new Date(asOf).getTime() < periodEnd(new Date(start), bucket)
}

function periodEnd(start: Date, bucket: Exclude<ChartBucket, 'category'>): number {
  if (bucket === 'month') return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1)
  const length = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }[bucket]
  return start.getTime() + length
}
