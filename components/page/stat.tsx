import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import type { Tone } from '#components/ui/badge.tsx'

const toneClass: Record<Tone, string> = {
  ok: 'text-ok-text',
  warn: 'text-warn-text',
  bad: 'text-bad-text',
  info: 'text-info-text',
  neutral: 'text-muted',
}

export type StatProps = {
  /** Already formatted, with its unit: "USD 34,045". */
  value: ReactNode
  /** What it counts and over which period: "calls, 7 days". */
  label: ReactNode
  note?: ReactNode
  noteTone?: Tone
  /** The rows behind the number. */
  href?: string
}

/** One number with what it means; it links to the rows behind it. */
export function Stat({ value, label, note, noteTone = 'neutral', href }: StatProps) {
  const figure = <span className="text-2xl tabular-nums tracking-[-0.015em]">{value}</span>
  return (
    <div className="min-w-0">
      <dt className="sr-only">{label}</dt>
      <dd>
        {href ? (
          <Link
            href={href}
            className="rounded-sm decoration-1 decoration-line-strong underline-offset-4 hover:underline"
          >
            {figure}
          </Link>
        ) : (
          figure
        )}
        <span aria-hidden className="block text-muted text-sm">
          {label}
        </span>
        {note ? <span className={cn('block text-sm', toneClass[noteTone])}>{note}</span> : null}
      </dd>
    </div>
  )
}

/** Stats side by side, as many as fit. */
export function StatRow({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <dl className={cn('grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-x-6 gap-y-5', className)}>
      {children}
    </dl>
  )
}
