import 'server-only'
import { nameOf, patternNames } from '#lib/detectors/detector-name.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import type { DetectorRateDto } from './schema.ts'

const DAY_MS = 86_400_000

interface DayRow {
  detector: string
  day: string
  found: bigint
  blocked: bigint
  masked: bigint
  raised: bigint
  shadow: bigint
  judged: bigint
  wrong: bigint
}

/** What each detector found in the last days, the busiest first, and how often people said that it was wrong. */
export function detectorRates(ctx: Context, days: number): Promise<DetectorRateDto[]> {
  requirePermission(ctx, 'guardrails.read')
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
  const since = new Date(today - (days - 1) * DAY_MS)
  return read(ctx, async tx => {
    const rows = await tx.$queryRaw<DayRow[]>`
      select detector, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD') as day, sum(count) as found,
        coalesce(sum(count) filter (where action = 'block' and not shadow), 0) as blocked,
        coalesce(sum(count) filter (where action = 'mask' and not shadow), 0) as masked,
        coalesce(sum(count) filter (where action = 'raise' and not shadow), 0) as raised,
        coalesce(sum(count) filter (where shadow), 0) as shadow,
        count(feedback) as judged, count(*) filter (where feedback = 'false_positive') as wrong
      from dlp_events where organization_id = ${ctx.organizationId}::uuid and occurred_at >= ${since} group by 1, 2`
    const patterns = await patternNames(tx, ctx)
    const every = Array.from({ length: days }, (_, at) =>
      new Date(since.getTime() + at * DAY_MS).toISOString().slice(0, 10),
    )
    return [...new Set(rows.map(row => row.detector))]
      .map(detector => rateOf(detector, nameOf(detector, patterns), rows, every))
      .sort((a, b) => b.found - a.found)
  })
}

function rateOf(detector: string, name: string, all: readonly DayRow[], every: readonly string[]): DetectorRateDto {
  const rows = all.filter(row => row.detector === detector)
  const sum = (field: 'found' | 'blocked' | 'masked' | 'raised' | 'shadow' | 'judged' | 'wrong') =>
    rows.reduce((total, row) => total + Number(row[field]), 0)
  const judged = sum('judged')
  return {
    detector,
    name,
    found: sum('found'),
    blocked: sum('blocked'),
    masked: sum('masked'),
    raised: sum('raised'),
    shadow: sum('shadow'),
    judged,
    falsePositiveRate: judged > 0 ? sum('wrong') / judged : null,
    days: every.map(day => ({ day, found: Number(rows.find(row => row.day === day)?.found ?? 0) })),
  }
}
