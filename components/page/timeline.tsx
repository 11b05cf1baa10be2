import type { ReactNode } from 'react'
import { RelativeTime } from './relative-time.tsx'

export type TimelineEntry = {
  id: string
  time: string
  /** Who did what: "Noor approved EX-041". */
  title: ReactNode
  detail?: ReactNode
}

/** What happened, newest first. */
export function Timeline({ entries, label }: { entries: readonly TimelineEntry[]; label: string }) {
  return (
    <ol aria-label={label}>
      {entries.map(entry => (
        <li key={entry.id} className="grid grid-cols-[5.5rem_1fr] gap-3 border-line border-b py-2 text-sm">
          <RelativeTime time={entry.time} className="text-muted tabular-nums" />
          <div className="min-w-0">
            <p>{entry.title}</p>
            {entry.detail ? <div className="text-muted text-xs">{entry.detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
