'use client'

import { useEffect, useState } from 'react'
import { formatDateTime, formatRelativeTime } from '#components/format.ts'

const everyHalfMinute = 30_000

/** A moment relative to now, kept true while the page is open; the absolute time on hover. */
export function RelativeTime({ time, className }: { time: Date | string | number; className?: string }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyHalfMinute)
    return () => clearInterval(timer)
  }, [])
  return (
    <time
      dateTime={new Date(time).toISOString()}
      title={formatDateTime(time)}
      className={className}
      suppressHydrationWarning
    >
      {formatRelativeTime(time, now)}
    </time>
  )
}
