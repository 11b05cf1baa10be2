import Link from 'next/link'
import { cn } from '#components/cn.ts'

export type SavedView = { name: string; href: string; current?: boolean; count?: number }

/** Named filters of a list as tabs above it. */
export function SavedViews({ views, label = 'Saved views' }: { views: readonly SavedView[]; label?: string }) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-1">
      {views.map(view => (
        <Link
          key={view.href}
          href={view.href}
          scroll={false}
          aria-current={view.current ? 'page' : undefined}
          className={cn(
            'flex h-7 items-center gap-1.5 rounded-md px-2.5 text-muted text-sm hover:bg-hover hover:text-ink',
            view.current && 'bg-selected font-medium text-ink hover:bg-selected',
          )}
        >
          {view.name}
          {view.count === undefined ? null : <span className="tabular-nums">{view.count}</span>}
        </Link>
      ))}
    </nav>
  )
}
