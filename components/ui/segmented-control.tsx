'use client'

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
    <fieldset
      aria-label={label}
      className={cn('inline-flex h-8 items-center rounded-lg border border-line-strong p-0.5', className)}
    >
      {items.map(item => (
        <button
          key={item.value}
          type="button"
          aria-pressed={item.value === value}
          onClick={() => {
            if (item.value !== value) onValueChange(item.value)
          }}
          className="flex h-full items-center gap-1.5 whitespace-nowrap rounded-md px-2.5 text-muted text-sm transition-colors hover:text-ink focus-ring-inset aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-ink"
        >
          {item.label}
          {item.count === undefined ? null : <span className="tabular-nums">{item.count}</span>}
        </button>
      ))}
    </fieldset>
  )
}
