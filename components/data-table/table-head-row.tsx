'use client'

import type { ReactTable, RowData } from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { cn } from '#components/cn.ts'
import { columnClass } from './column-class.ts'
import { RowCheckbox } from './row-checkbox.tsx'
import type { DataTableFeatures } from './table-columns.ts'
import type { TableUrl } from './use-table-url.ts'

const headClass = 'h-8.5 border-line border-b bg-surface px-3 text-left font-normal text-muted whitespace-nowrap'

/** The heads: sticky, and buttons where the server can sort. */
export function TableHeadRow<Row extends RowData>({
  table,
  url,
  selectable,
}: {
  table: ReactTable<DataTableFeatures, Row>
  url: TableUrl
  selectable: boolean
}) {
  return (
    <thead className="sticky top-(--header-height) z-1">
      {table.getHeaderGroups().map(group => (
        <tr key={group.id}>
          {selectable ? (
            <th scope="col" className={cn(headClass, 'w-8 pr-1 pl-1')}>
              <RowCheckbox
                label="Select all rows of this page"
                checked={table.getIsAllRowsSelected()}
                indeterminate={table.getIsSomeRowsSelected()}
                onCheckedChange={checked => table.toggleAllRowsSelected(checked)}
              />
            </th>
          ) : null}
          {group.headers.map(header => {
            const { meta } = header.column.columnDef
            const direction =
              url.sort?.column === header.column.id ? (url.sort.descending ? 'descending' : 'ascending') : undefined
            return (
              <th
                key={header.id}
                scope="col"
                aria-sort={direction}
                className={cn(headClass, columnClass(meta), !selectable && 'first:pl-1')}
              >
                {meta?.sortable ? (
                  <SortButton
                    direction={direction}
                    numeric={meta.numeric}
                    onPress={() => url.toggleSort(header.column.id)}
                  >
                    <table.FlexRender header={header} />
                  </SortButton>
                ) : (
                  <table.FlexRender header={header} />
                )}
              </th>
            )
          })}
        </tr>
      ))}
    </thead>
  )
}

function SortButton({
  direction,
  numeric,
  onPress,
  children,
}: {
  direction?: 'ascending' | 'descending'
  numeric?: boolean
  onPress: () => void
  children: React.ReactNode
}) {
  const Icon = direction === 'descending' ? ArrowDown : ArrowUp
  return (
    <button
      type="button"
      onClick={onPress}
      className={cn(
        'group -mx-1 inline-flex h-6 items-center gap-1 rounded-md px-1 hover:text-ink',
        direction && 'font-medium text-ink',
        numeric && 'flex-row-reverse',
      )}
    >
      {children}
      <Icon aria-hidden className={cn('size-3', !direction && 'opacity-0 group-hover:opacity-60')} />
    </button>
  )
}
