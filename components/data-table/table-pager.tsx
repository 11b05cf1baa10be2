'use client'

import { ChevronLeft, ChevronRight, ChevronsLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { TableUrl } from './use-table-url.ts'

/** Moves through the pages by cursor; absent while everything fits on one. */
export function TablePager({ url, nextCursor, note }: { url: TableUrl; nextCursor: string | null; note: ReactNode }) {
  const single = !nextCursor && !url.cursor
  return (
    <div className="flex min-h-8 flex-wrap items-center justify-between gap-2 text-muted text-sm">
      <p>{note}</p>
      {single ? null : (
        <div className="flex gap-2">
          {url.cursor ? (
            <Button variant="ghost" size="sm" onClick={url.first}>
              <ChevronsLeft aria-hidden />
              First
            </Button>
          ) : null}
          <Button size="sm" disabled={!url.hasPrevious} onClick={url.previous}>
            <ChevronLeft aria-hidden />
            Previous
          </Button>
          <Button size="sm" disabled={!nextCursor} onClick={() => nextCursor && url.next(nextCursor)}>
            Next
            <ChevronRight aria-hidden />
          </Button>
        </div>
      )}
    </div>
  )
}
