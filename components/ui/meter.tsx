'use client'

import { Meter as BaseMeter } from '@base-ui/react/meter'
import { Progress as BaseProgress } from '@base-ui/react/progress'
import { type ReactNode, useId } from 'react'
import { cn } from '#components/cn.ts'
import type { Tone } from './badge.tsx'

const fillClass: Record<Tone, string> = {
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
  info: 'bg-info',
  neutral: 'bg-faint',
}

export type MeterProps = {
  label: ReactNode
  /** Share used, 0 to 1; above 1 the bar is full. Null says unknown: an empty, hatched track. */
  ratio: number | null
  /** The value in words at the right: "7,912 of 8,000". */
  value: ReactNode
  tone?: Tone
  /** What follows from it: "Runs out today at 14:20. Then calls are refused." */
  note?: ReactNode
  /** Shares at which something happens, drawn as ticks. */
  thresholds?: readonly number[]
  className?: string
}

/** How much of a limit is used. The words carry the meaning, the bar shows the proportion. */
export function Meter({ label, ratio, value, tone = 'ok', note, thresholds = [], className }: MeterProps) {
  const share = Math.min(1, Math.max(0, ratio ?? 0))
  const labelId = useId()
  // A meter's content is one image to assistive technology: links in the label must stand outside.
  return (
    <div className={cn('grid grid-cols-[1fr_auto] gap-x-3 gap-y-1.5 text-sm', className)}>
      <span id={labelId} className="truncate font-medium">
        {label}
      </span>
      <span className="whitespace-nowrap tabular-nums">{value}</span>
      <BaseMeter.Root
        value={Math.round(share * 100)}
        aria-labelledby={labelId}
        getAriaValueText={() => (ratio === null ? 'unknown' : `${Math.round((ratio ?? 0) * 100)} percent used`)}
        className="col-span-2"
      >
        <BaseMeter.Track className="relative h-1.5 overflow-hidden rounded-full bg-hover text-line-strong">
          {ratio === null ? <span className="hatched absolute inset-0" /> : null}
          <BaseMeter.Indicator className={cn('block h-full rounded-full', fillClass[tone])} />
          {thresholds.map(threshold => (
            <span
              key={threshold}
              className="absolute inset-y-0 w-px bg-ink/50"
              style={{ left: `${Math.min(1, threshold) * 100}%` }}
            />
          ))}
        </BaseMeter.Track>
      </BaseMeter.Root>
      {note ? <p className="col-span-2 text-muted text-xs">{note}</p> : null}
    </div>
  )
}

/** How far a running job is; null while that cannot be known. */
export function Progress({ label, ratio, className }: { label: ReactNode; ratio: number | null; className?: string }) {
  const labelId = useId()
  return (
    <BaseProgress.Root
      aria-labelledby={labelId}
      value={ratio === null ? null : Math.round(ratio * 100)}
      className={cn('grid grid-cols-[1fr_auto] gap-x-3 gap-y-1.5 text-sm', className)}
    >
      <BaseProgress.Label id={labelId}>{label}</BaseProgress.Label>
      <BaseProgress.Value className="text-muted tabular-nums" />
      <BaseProgress.Track className="col-span-2 h-1.5 overflow-hidden rounded-full bg-hover">
        <BaseProgress.Indicator className="block h-full rounded-full bg-accent transition-[width] data-indeterminate:w-1/3 data-indeterminate:animate-pulse" />
      </BaseProgress.Track>
    </BaseProgress.Root>
  )
}
