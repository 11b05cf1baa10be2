import { cva } from 'class-variance-authority'
import { Ban, Circle, CircleAlert, CircleCheck, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'neutral'

const badgeVariants = cva(
  'inline-flex h-5.5 max-w-full items-center gap-1 whitespace-nowrap rounded-md px-1.5 font-medium text-xs [&_svg]:size-3 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        ok: 'bg-ok-soft text-ok-text',
        warn: 'bg-warn-soft text-warn-text',
        bad: 'bg-bad-soft text-bad-text',
        info: 'bg-info-soft text-info-text',
        neutral: 'bg-hover text-muted',
      },
    },
  },
)

const toneIcons = { ok: CircleCheck, warn: CircleAlert, bad: Ban, info: Info, neutral: Circle }

/**
 * A status in a word, with the icon of its tone so that colour is never alone. `icon={null}` leaves the icon out where
 * the word itself is no status: a version, a class of data.
 */
export function Badge({
  tone = 'neutral',
  icon,
  className,
  children,
}: {
  tone?: Tone
  icon?: ReactNode
  className?: string
  children: ReactNode
}) {
  const Icon = toneIcons[tone]
  return (
    <span className={cn(badgeVariants({ tone }), className)}>
      {icon === undefined ? <Icon aria-hidden /> : icon}
      <span className="truncate">{children}</span>
    </span>
  )
}

/** A number beside a name: items waiting. `strong` marks it as needing the reader. */
export function CountBadge({
  count,
  more,
  strong,
  label,
}: {
  count: number
  /** There may be more than `count`. */
  more?: boolean
  strong?: boolean
  label?: string
}) {
  return (
    <span
      className={cn(
        'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1 font-medium text-[0.6875rem] tabular-nums',
        strong ? 'bg-accent text-on-accent' : 'bg-hover text-ink',
      )}
    >
      {count > 999 ? '999+' : count}
      {more && count <= 999 ? '+' : null}
      {label ? <span className="sr-only"> {label}</span> : null}
    </span>
  )
}
