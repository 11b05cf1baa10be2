import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { PageCrumb } from '#components/shell/page-crumb.tsx'

export type PageHeaderProps = {
  /** The page's answer in a sentence: "November is on course for USD 49.1k, under plan by USD 0.9k". */
  title: ReactNode
  /** What stands behind it: figures, period, as-of time. */
  description?: ReactNode
  /** Badges above the title. */
  badges?: ReactNode
  /** Filters and buttons at the right; below the title on narrow screens. */
  actions?: ReactNode
  /** The page's name in the breadcrumb where it has no navigation entry of its own. */
  crumb?: string
  className?: string
}

/** The head of a page. */
export function PageHeader({ title, description, badges, actions, crumb, className }: PageHeaderProps) {
  return (
    <header className={cn('flex flex-wrap items-end justify-between gap-x-6 gap-y-3', className)}>
      {crumb ? <PageCrumb label={crumb} /> : null}
      <div className="min-w-0 max-w-3xl flex-1 basis-72">
        {badges ? <div className="mb-2 flex flex-wrap gap-2">{badges}</div> : null}
        <h1 className="text-balance font-[450] text-xl tracking-[-0.01em]">{title}</h1>
        {description ? <p className="mt-0.5 text-muted text-sm">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  )
}

/** The padding and width of a page's content. `wide` takes the full width, for tables and dashboards. */
export function Page({
  wide = true,
  className,
  children,
}: {
  wide?: boolean
  className?: string
  children: ReactNode
}) {
  return (
    <div className={cn('flex flex-col gap-6 px-4 py-6 md:px-7 md:py-7.5', !wide && 'max-w-4xl', className)}>
      {children}
    </div>
  )
}
