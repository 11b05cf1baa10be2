import { cn } from '#components/cn.ts'
import type { Tone } from '#components/ui/badge.tsx'

const dotClass: Record<Tone, string> = {
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
  info: 'bg-info',
  neutral: 'bg-faint',
}

/** A dot with its state in words beside it: "Running on 3 of 3 gateways". */
export function LiveDot({ tone, pulse, children }: { tone: Tone; pulse?: boolean; children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden className={cn('size-2 shrink-0 rounded-full', dotClass[tone], pulse && 'animate-pulse')} />
      <span>{children}</span>
    </span>
  )
}
