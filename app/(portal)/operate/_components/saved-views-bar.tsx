'use client'

import { Bookmark, X } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { lazy, useState, useTransition } from 'react'
import { SavedViews } from '#components/data-table/saved-views.tsx'
import { Button } from '#components/ui/button.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { deleteViewAction } from '#lib/saved-views/actions.ts'
import type { SavedViewDto } from '#lib/saved-views/schema.ts'

const SaveViewForm = lazy(() => import('./save-view-form.tsx'))

/** The person's own filters of a table by name, and the way to keep the open ones or forget a kept one. */
export function SavedViewsBar({ table, views }: { table: string; views: readonly SavedViewDto[] }) {
  const pathname = usePathname()
  const query = viewQueryOf(useSearchParams())
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const current = views.find(view => view.query === query && query !== '')
  const forget = (id: string) =>
    startTransition(async () => {
      await deleteViewAction({ id })
      router.refresh()
    })
  if (views.length === 0 && query === '') return null
  return (
    <div className="flex flex-wrap items-center gap-2">
      {views.length > 0 ? (
        <SavedViews
          views={[
            { name: 'Everything', href: pathname, current: query === '' },
            ...views.map(view => ({
              name: view.name,
              href: `${pathname}?${view.query}`,
              current: view.id === current?.id,
            })),
          ]}
        />
      ) : null}
      {current ? (
        <Button variant="ghost" size="sm" loading={pending} onClick={() => forget(current.id)}>
          <X className="size-3.5" aria-hidden />
          Forget {current.name}
        </Button>
      ) : query === '' ? null : (
        <SaveView table={table} query={query} />
      )}
    </div>
  )
}

/** What of an address a view keeps: filters, search and order, not the page nor the open record. */
function viewQueryOf(search: URLSearchParams): string {
  const kept = [...search].filter(([name]) => name !== 'cursor' && name !== 'open')
  return new URLSearchParams(kept.sort(([a], [b]) => a.localeCompare(b))).toString()
}

function SaveView({ table, query }: { table: string; query: string }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="ghost" size="sm">
          <Bookmark className="size-3.5" aria-hidden />
          Save this view
        </Button>
      }
    >
      <SaveViewForm table={table} query={query} onSaved={() => setOpen(false)} />
    </Popover>
  )
}
