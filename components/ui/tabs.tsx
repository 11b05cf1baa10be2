'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'

export type TabItem = {
  value: string
  label: ReactNode
  count?: number
  content: ReactNode
}

const listClass = 'flex gap-5 overflow-x-auto border-line border-b [scrollbar-width:none]'
const tabClass =
  '-mb-px flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 text-muted text-sm transition-colors hover:text-ink focus-ring-inset'

/** Tabs inside a page whose content is already here. For tabs with their own URL use TabLinks. */
export function Tabs({
  items,
  value,
  defaultValue,
  onValueChange,
  className,
}: {
  items: readonly TabItem[]
  value?: string
  defaultValue?: string
  onValueChange?: (value: string) => void
  className?: string
}) {
  return (
    <Base.Root
      value={value}
      defaultValue={defaultValue ?? items[0]?.value}
      onValueChange={next => onValueChange?.(String(next))}
      className={cn('flex min-w-0 flex-col', className)}
    >
      <Base.List className={listClass}>
        {items.map(item => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className={cn(tabClass, 'data-active:border-accent data-active:font-medium data-active:text-ink')}
          >
            {item.label}
            <TabCount count={item.count} />
          </Base.Tab>
        ))}
      </Base.List>
      {items.map(item => (
        <Base.Panel key={item.value} value={item.value} className="pt-5 outline-offset-4">
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}

export type TabLinkItem = { href: string; label: ReactNode; count?: number }

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
    <nav aria-label={label} className={cn(listClass, className)}>
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

function TabCount({ count }: { count?: number }) {
  return count === undefined ? null : <span className="text-muted tabular-nums">{count}</span>
}
