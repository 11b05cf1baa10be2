import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'

/** One question in the middle of the page. */
export function AuthPanel({
  title,
  lead,
  wide,
  children,
}: {
  title: string
  lead?: ReactNode
  wide?: boolean
  children: ReactNode
}) {
  return (
    <section
      className={cn(
        'flex w-full flex-col gap-5 rounded-xl border border-line bg-surface p-6 sm:p-8',
        wide ? 'max-w-3xl' : 'max-w-md',
      )}
    >
      <div className="flex flex-col gap-1.5">
        <h1 className="text-2xl text-ink tracking-tight">{title}</h1>
        {lead ? <p className="text-muted">{lead}</p> : null}
      </div>
      {children}
    </section>
  )
}
