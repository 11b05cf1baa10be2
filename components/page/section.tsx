import { type ReactNode, useId } from 'react'
import { cn } from '#components/cn.ts'

/** A part of a page under its own heading. `boxed` draws a border, only where grouping needs it. */
export function Section({
  title,
  description,
  actions,
  boxed,
  className,
  children,
}: {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  boxed?: boolean
  className?: string
  children: ReactNode
}) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={cn('min-w-0', boxed && 'rounded-[10px] border border-line bg-raised p-4', className)}
    >
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <div>
          <h2 id={id} className="font-medium text-base">
            {title}
          </h2>
          {description ? <p className="text-muted text-sm">{description}</p> : null}
        </div>
        {actions ? <div className="flex items-center gap-2 text-muted text-sm">{actions}</div> : null}
      </div>
      {children}
    </section>
  )
}
