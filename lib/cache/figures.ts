import { formatUsd } from '#core/money.ts'
import type { CacheFigures } from './schema.ts'

/** Sums of cache_rollups, as the database gives them. */
export interface CacheSums {
  hits: bigint
  misses: bigint
  bypasses: bigint
  skipped: bigint
  saved: bigint
  unpriced: bigint
  tokens: bigint
  ms: bigint
}

/** The sums over rows of cache_rollups, under the names of `CacheSums`. */
export const SUMS = `coalesce(sum(hits), 0)::bigint as hits, coalesce(sum(misses), 0)::bigint as misses,
  coalesce(sum(bypasses), 0)::bigint as bypasses, coalesce(sum(skipped), 0)::bigint as skipped,
  coalesce(sum(saved_nano_usd), 0)::bigint as saved, coalesce(sum(unpriced_hits), 0)::bigint as unpriced,
  coalesce(sum(saved_tokens), 0)::bigint as tokens, coalesce(sum(saved_ms), 0)::bigint as ms`

const DAY_MS = 86_400_000

/** The beginning of a period of whole days in UTC that ends today. */
export function firstDay(days: number, now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - (days - 1) * DAY_MS)
}

/** Sums as people read them; zeros where there were no requests. */
export function toFigures(sums: CacheSums | undefined): CacheFigures {
  const [hits, misses] = [Number(sums?.hits ?? 0n), Number(sums?.misses ?? 0n)]
  return {
    hits,
    misses,
    bypasses: Number(sums?.bypasses ?? 0n),
    skipped: Number(sums?.skipped ?? 0n),
    hitRate: hits + misses === 0 ? null : hits / (hits + misses),
    savedUsd: formatUsd(sums?.saved ?? 0n),
    unpricedHits: Number(sums?.unpriced ?? 0n),
    savedTokens: Number(sums?.tokens ?? 0n),
    savedMs: Number(sums?.ms ?? 0n),
  }
}
