'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { TabCount, tabClass, tabListClass } from './tab-style.tsx'

export type TabItem = {
  value: string
  label: ReactNode
  count?: number
  content: ReactNode
}

/** Tabs inside a page whose content is already here. For tabs with their own URL use TabLinks (tab-links.tsx). */
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
      <Base.List className={tabListClass}>
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
