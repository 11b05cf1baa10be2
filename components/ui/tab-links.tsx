'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { TabCount, tabClass, tabListClass } from './tab-style.tsx'

export type TabLinkItem = { href: string; label: ReactNode; count?: number | string }

/** Tabs that are pages: each a link, the open one marked as current. */
export function TabLinks({
  items,
  label,
  current,
  className,
}: {
  items: readonly TabLinkItem[]
  label: string
  /** The href of the open tab; without it the one equal to the path. */
  current?: string
  className?: string
}) {
  const pathname = usePathname()
  const open = current ?? pathname
  return (
    <nav aria-label={label} className={cn(tabListClass, className)}>
      {items.map(item => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item.href === open ? 'page' : undefined}
          className={cn(tabClass, item.href === open && 'border-accent font-medium text-ink')}
        >
          {item.label}
          <TabCount count={item.count} />
        </Link>
      ))}
    </nav>
  )
}
