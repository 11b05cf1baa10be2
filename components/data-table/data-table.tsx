'use client'

import { type RowData, type RowSelectionState, useTable } from '@tanstack/react-table'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { cn } from '#components/cn.ts'
import { formatCount } from '#components/format.ts'
import { Button } from '#components/ui/button.tsx'
import { ScrollRegion } from '#components/ui/scroll-region.tsx'
import { TableBulkBar } from './table-bulk-bar.tsx'
import { type DataTableColumn, dataTableFeatures } from './table-columns.ts'
import type { TableFilterSpec } from './table-filter.tsx'
import { TableHeadRow } from './table-head-row.tsx'
import { TablePager } from './table-pager.tsx'
import type { TableSort } from './table-query.ts'
import { DataRow } from './table-row.tsx'
import { TableToolbar } from './table-toolbar.tsx'
import { useHiddenColumns } from './use-hidden-columns.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useTableUrl } from './use-table-url.ts'

export type DataTableProps<Row extends RowData> = {
  /** Names the table for assistive technology and its column choice in this browser. */
  label: string
  /** Stable: defined outside the component with `columnsOf<Row>().columns([…])`. */
  columns: readonly DataTableColumn<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** The row's own URL; a press or Enter opens it (usually a sheet). */
  rowHref?: (row: Row) => string
  /** The row whose sheet is open. */
  openId?: string
  nextCursor: string | null
  filters?: readonly TableFilterSpec[]
  /** Shows the search field: "Search keys by name". */
  searchLabel?: string
  defaultSort?: TableSort
  /** Ids of columns that start hidden. */
  hiddenColumns?: readonly string[]
  csvHref?: string
  /** <SavedViews> or a menu. */
  views?: ReactNode
  /** Buttons for the selected rows; giving them makes rows selectable. */
  bulkActions?: (ids: string[], clear: () => void) => ReactNode
  /** Shown when there are no rows at all: an <EmptyState>. */
  empty: ReactNode
  /** Shown instead of the rows: an <ErrorState>. */
  error?: ReactNode
  /** At the left of the pager: source, period, as-of time. */
  note?: ReactNode
}

/** A list whose filter, sort and pages are done by the server and held in the URL. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  return (
    // Here, not around every page: only lists hold their state in the URL.
    <NuqsAdapter>
      <ServedTable {...props} />
    </NuqsAdapter>
  )
}

function ServedTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, rows, filters = [], bulkActions } = props
  const url = useTableUrl(
    filters.map(filter => filter.key),
    props.defaultSort,
  )
  const [selection, setSelection] = useState<RowSelectionState>({})
  const { table, columnChoices } = useRows(props, selection, setSelection)
  const body = useRef<HTMLTableSectionElement>(null)
  const tableRows = table.getRowModel().rows
  const selectable = bulkActions !== undefined
  useRowKeys(body, {
    count: tableRows.length,
    onSelect: selectable ? index => tableRows[index]?.toggleSelected() : undefined,
  })
  const selectedIds = tableRows.filter(row => row.getIsSelected()).map(row => row.id)
  const clearSelection = () => setSelection({})

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <TableToolbar
        url={url}
        filters={filters}
        searchLabel={props.searchLabel}
        columns={columnChoices}
        csvHref={props.csvHref}
        views={props.views}
      />
      {props.error ?? (
        <ScrollRegion
          label={label}
          className={cn('transition-opacity', url.pending && 'opacity-60', rows.length === 0 && 'hidden')}
        >
          <table
            aria-label={label}
            aria-busy={url.pending}
            className="w-full border-separate border-spacing-0 text-sm tabular-nums"
          >
            <TableHeadRow table={table} url={url} selectable={selectable} />
            <tbody ref={body}>
              {tableRows.map(row => (
                <DataRow
                  key={row.id}
                  table={table}
                  row={row}
                  href={props.rowHref?.(row.original)}
                  open={row.id === props.openId}
                  selectable={selectable}
                />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {rows.length === 0 && !props.error ? (
        <NoRows filtered={url.filtered} onClear={url.clear} empty={props.empty} />
      ) : null}
      {selectable && selectedIds.length > 0 ? (
        <TableBulkBar count={selectedIds.length} onClear={clearSelection}>
          {bulkActions(selectedIds, clearSelection)}
        </TableBulkBar>
      ) : null}
      {rows.length > 0 || url.cursor ? (
        <TablePager url={url} nextCursor={props.nextCursor} note={props.note ?? formatCount(rows.length, 'row')} />
      ) : null}
    </div>
  )
}

function useRows<Row extends RowData>(
  { label, columns, rows, rowId, hiddenColumns = [] }: DataTableProps<Row>,
  rowSelection: RowSelectionState,
  onRowSelectionChange: React.Dispatch<React.SetStateAction<RowSelectionState>>,
) {
  const [hidden, setHidden] = useHiddenColumns(label, hiddenColumns)
  const columnVisibility = Object.fromEntries(hidden.map(id => [id, false]))
  const data = useMemo(() => [...rows], [rows])
  const definitions = useMemo(() => [...columns], [columns])
  const table = useTable({
    features: dataTableFeatures,
    columns: definitions,
    data,
    getRowId: rowId,
    state: { columnVisibility, rowSelection },
    onRowSelectionChange,
    enableRowSelection: true,
  })
  const columnChoices = table
    .getAllLeafColumns()
    .filter(column => column.getCanHide())
    .map(column => ({
      id: column.id,
      label: column.columnDef.meta?.label ?? String(column.columnDef.header ?? column.id),
      visible: column.getIsVisible(),
      onToggle: (visible: boolean) =>
        setHidden(visible ? hidden.filter(id => id !== column.id) : [...hidden, column.id]),
    }))
  return { table, columnChoices }
}

function NoRows({ filtered, onClear, empty }: { filtered: boolean; onClear: () => void; empty: ReactNode }) {
  if (!filtered) return empty
  return (
    <div className="flex flex-col items-center gap-3 border-line border-y py-10 text-center text-sm">
      <p className="text-muted">No row matches the search and filters.</p>
      <Button onClick={onClear}>Clear them</Button>
    </div>
  )
}
