'use client'

import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'

export type Segment<Value extends string = string> = { value: Value; label: ReactNode; count?: number }

/** One of two to five views of the same thing: 1 h, 24 h, 7 d. */
export function SegmentedControl<Value extends string>({
  label,
  items,
  value,
  onValueChange,
  className,
}: {
  label: string
  items: readonly Segment<Value>[]
  value: Value
  onValueChange: (value: Value) => void
  className?: string
}) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => {
        if (next) onValueChange(next)
      }}
      className={cn('inline-flex h-8 items-center rounded-lg border border-line-strong p-0.5', className)}
    >
      {items.map(item => (
        <Toggle
          key={item.value}
          value={item.value}
          className="flex h-full items-center gap-1.5 whitespace-nowrap rounded-md px-2.5 text-muted text-sm transition-colors hover:text-ink focus-ring-inset data-pressed:bg-hover data-pressed:font-medium data-pressed:text-ink"
        >
          {item.label}
          {item.count === undefined ? null : <span className="tabular-nums">{item.count}</span>}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
