'use client'

import type { ReactNode } from 'react'
import { formatCount } from '#components/format.ts'
import { Button } from '#components/ui/button.tsx'

/** Stands at the foot of the window while rows are selected. */
export function TableBulkBar({
  count,
  onClear,
  children,
}: {
  count: number
  onClear: () => void
  children: ReactNode
}) {
  return (
    <div
      role="toolbar"
      aria-label="Selected rows"
      className="sticky bottom-4 z-10 mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-xl border border-line-strong bg-raised py-1.5 pr-1.5 pl-3.5 text-sm shadow-popup"
    >
      <span role="status" className="mr-2 font-medium tabular-nums">
        {formatCount(count, 'row')} selected
      </span>
      {children}
      <Button variant="ghost" size="sm" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}
