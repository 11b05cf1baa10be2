'use client'

import { Columns3, Download, X } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { Button, buttonVariants } from '#components/ui/button.tsx'
import { DropdownMenu, MenuCheckbox } from '#components/ui/dropdown-menu.tsx'
import { TableFilter, type TableFilterSpec } from './table-filter.tsx'
import { TableSearch } from './table-search.tsx'
import type { TableUrl } from './use-table-url.ts'

export type ColumnChoice = { id: string; label: string; visible: boolean; onToggle: (visible: boolean) => void }

/** Search and filters at the left; views, columns and CSV at the right. */
export function TableToolbar({
  url,
  filters,
  searchLabel,
  columns,
  csvHref,
  views,
}: {
  url: TableUrl
  filters: readonly TableFilterSpec[]
  searchLabel?: string
  columns: readonly ColumnChoice[]
  csvHref?: string
  views?: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      {searchLabel ? (
        <TableSearch key={url.generation} label={searchLabel} defaultValue={url.search} onSearch={url.setSearch} />
      ) : null}
      {filters.map(spec => (
        <TableFilter
          key={spec.key}
          spec={spec}
          chosen={url.filterValues(spec.key)}
          onChange={chosen => url.setFilter(spec.key, chosen)}
        />
      ))}
      {url.filtered ? (
        <Button variant="ghost" onClick={url.clear}>
          <X className="size-3.5" aria-hidden />
          Clear
        </Button>
      ) : null}
      <div className="ml-auto flex items-center gap-2 max-sm:ml-0 max-sm:w-full">
        {views}
        <ColumnMenu columns={columns} />
        {csvHref ? <CsvLink href={csvHref} /> : null}
      </div>
    </div>
  )
}

function ColumnMenu({ columns }: { columns: readonly ColumnChoice[] }) {
  if (columns.length === 0) return null
  return (
    <DropdownMenu
      trigger={
        <Button variant="ghost" size="icon" aria-label="Columns">
          <Columns3 />
        </Button>
      }
    >
      {columns.map(column => (
        <MenuCheckbox key={column.id} checked={column.visible} onCheckedChange={column.onToggle}>
          {column.label}
        </MenuCheckbox>
      ))}
    </DropdownMenu>
  )
}

/** Downloads the rows of the open filter and sort, all pages. */
function CsvLink({ href }: { href: string }) {
  const params = new URLSearchParams(useSearchParams().toString())
  params.delete('cursor')
  const query = params.toString()
  return (
    <a
      href={query ? `${href}${href.includes('?') ? '&' : '?'}${query}` : href}
      download
      className={buttonVariants({ variant: 'ghost' })}
    >
      <Download aria-hidden />
      CSV
    </a>
  )
}
