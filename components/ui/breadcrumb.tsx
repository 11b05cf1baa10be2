import Link from 'next/link'
import { Fragment } from 'react'
import { cn } from '#components/cn.ts'

export type Crumb = { label: string; href?: string }

/** Where the page is; the last entry is the page itself. Only the last one stays on narrow screens. */
export function Breadcrumb({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-2 text-sm">
        {items.map((crumb, index) => {
          const last = index === items.length - 1
          return (
            <Fragment key={`${crumb.label}-${crumb.href ?? ''}`}>
              {index > 0 ? (
                <li aria-hidden className="text-faint max-sm:hidden">
                  /
                </li>
              ) : null}
              <li className={cn('min-w-0', !last && 'shrink-0 max-sm:hidden')}>
                <CrumbText crumb={crumb} last={last} />
              </li>
            </Fragment>
          )
        })}
      </ol>
    </nav>
  )
}

function CrumbText({ crumb, last }: { crumb: Crumb; last: boolean }) {
  if (last) {
    return (
      <span aria-current="page" className="block truncate font-medium">
        {crumb.label}
      </span>
    )
  }
  if (!crumb.href) return <span className="text-muted">{crumb.label}</span>
  return (
    <Link href={crumb.href} className="text-muted hover:text-ink">
      {crumb.label}
    </Link>
  )
}
