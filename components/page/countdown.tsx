'use client'

import { useEffect, useState } from 'react'
import { cn } from '#components/cn.ts'
import { formatCountdown, formatDateTime } from '#components/format.ts'

/**
 * Time left to decide as a clock with a ring. `from` is when the time began; the ring shows the share left and turns
 * to the warning colour in its last quarter.
 */
export function Countdown({ until, from }: { until: Date | string | number; from: Date | string | number }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const end = new Date(until).getTime()
  const left = Math.max(0, end - now)
  const share = Math.min(1, left / Math.max(1, end - new Date(from).getTime()))
  return (
    <time
      dateTime={new Date(until).toISOString()}
      title={`until ${formatDateTime(until)}`}
      className="inline-flex items-center gap-2 tabular-nums"
      suppressHydrationWarning
    >
      <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4 -rotate-90" fill="none" strokeWidth="2">
        <circle cx="8" cy="8" r="6" className="stroke-line" />
        <circle
          cx="8"
          cy="8"
          r="6"
          pathLength="1"
          strokeDasharray={`${share.toFixed(3)} 1`}
          className={cn(share < 0.25 ? 'stroke-bad' : 'stroke-accent')}
          suppressHydrationWarning
        />
      </svg>
      {left === 0 ? 'expired' : formatCountdown(left)}
    </time>
  )
}
