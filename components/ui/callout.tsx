import { Ban, CircleAlert, CircleCheck, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import type { Tone } from './badge.tsx'

const toneClass: Record<Tone, string> = {
  ok: 'border-ok/40 bg-ok-soft [&>svg]:text-ok-text',
  warn: 'border-warn/45 bg-warn-soft [&>svg]:text-warn-text',
  bad: 'border-bad/40 bg-bad-soft [&>svg]:text-bad-text',
  info: 'border-info/35 bg-info-soft [&>svg]:text-info-text',
  neutral: 'border-line bg-sunken [&>svg]:text-muted',
}
const toneIcons = { ok: CircleCheck, warn: CircleAlert, bad: Ban, info: Info, neutral: Info }

/** Something the reader must know before going on; `live` announces it when it appears. */
export function Callout({
  tone = 'info',
  title,
  action,
  live,
  className,
  children,
}: {
  tone?: Tone
  title?: ReactNode
  action?: ReactNode
  live?: boolean
  className?: string
  children?: ReactNode
}) {
  const Icon = toneIcons[tone]
  return (
    <div
      role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}
      className={cn(
        'flex items-start gap-2.5 rounded-lg border px-3.5 py-2.5 text-ink text-sm',
        toneClass[tone],
        className,
      )}
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-medium">{title}</p> : null}
        {children}
      </div>
      {action ? <div className="shrink-0">{action}</div> : null}
    </div>
  )
}
