import { cn } from '#components/cn.ts'
import { formatDuration } from '#components/format.ts'
import type { RequestDetailDto } from '#lib/requests/schema.ts'
import { STAGE_WORDS, stageFinding } from './request-words.ts'

type Bar = { start: number; ms: number }
type Row = { key: string; label: string; text: string; stopped: boolean; nested?: boolean; bar: Bar }

/** The stages of the gateway in order, with what each decided and when; the calls to providers inside theirs. */
export function RequestWaterfall({ request }: { request: RequestDetailDto }) {
  const rows = waterfallOf(request)
  const total = Math.max(...rows.map(row => row.bar.start + row.bar.ms), 0.001)
  if (rows.length === 0) return <p className="text-muted text-sm">The gateway recorded no stages of this request.</p>
  return (
    <ol aria-label="Stages in order" className="text-sm">
      {rows.map(row => (
        <li
          key={row.key}
          className="grid grid-cols-[minmax(0,1fr)_4.5rem] items-center gap-x-4 border-line border-b py-1.5 last:border-0 sm:grid-cols-[minmax(0,13rem)_minmax(0,1fr)_4.5rem]"
        >
          <div className={cn('min-w-0', row.nested && 'border-line-strong border-l-2 pl-2.5')}>
            <p className={row.nested ? '' : 'font-medium'}>{row.label}</p>
            <p className={cn('wrap-anywhere text-xs', row.stopped ? 'font-medium text-bad-text' : 'text-muted')}>
              {row.text}
            </p>
          </div>
          <div aria-hidden className="relative h-2 max-sm:hidden">
            <span className="absolute inset-x-0 top-1/2 border-line border-t border-dotted" />
            <span
              className={cn(
                'absolute h-2 min-w-0.5 rounded-[2px]',
                row.stopped ? 'bg-bad' : row.nested ? 'bg-info' : 'bg-accent',
              )}
              style={{ left: percent(row.bar.start, total), width: percent(row.bar.ms, total) }}
            />
          </div>
          <span className="whitespace-nowrap text-right tabular-nums">{stageTime(row.bar.ms)}</span>
        </li>
      ))}
    </ol>
  )
}

/** Stages and attempts with their places in time: a stage begins where the one before ended. */
export function waterfallOf({
  stages,
  attempts,
  errorCode,
  cache,
}: Pick<RequestDetailDto, 'stages' | 'attempts' | 'errorCode' | 'cache'>): Row[] {
  const cached = cache?.outcome === 'hit'
  let start = 0
  return stages.flatMap(({ stage, ms, outcome }) => {
    const bar = { start, ms }
    start += ms
    const { text, stopped } = stageFinding(stage, outcome, errorCode, cached)
    const row: Row = { key: stage, label: STAGE_WORDS[stage].label, text, stopped, bar }
    return stage === 'call' ? [row, ...attemptRows(attempts, bar)] : [row]
  })
}

function attemptRows(attempts: RequestDetailDto['attempts'], call: Bar): Row[] {
  let start = call.start
  return attempts.map((attempt, index) => {
    const ms = Math.min(attempt.ms, Math.max(0, call.start + call.ms - start))
    const bar = { start, ms }
    start += ms
    const failed = attempt.error !== null || attempt.status === null || attempt.status >= 400
    return {
      key: `attempt ${index}`,
      label: attempt.providerName ?? 'A provider since removed',
      text: `Attempt ${index + 1}: ${attempt.status === null ? 'no answer' : `HTTP ${attempt.status}`}${attempt.error ? `, ${attempt.error}` : ''}`,
      stopped: failed,
      nested: true,
      bar,
    }
  })
}

/** Stages take microseconds; two digits more than usual below a tenth of a millisecond. */
function stageTime(ms: number): string {
  return ms < 0.1 ? `${ms.toFixed(3)} ms` : formatDuration(ms)
}

function percent(part: number, total: number): string {
  return `${Math.round((part / total) * 10_000) / 100}%`
}
