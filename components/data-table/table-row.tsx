'use client'

import type { ReactTable, RowData, Row as TableRow } from '@tanstack/react-table'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { cn } from '#components/cn.ts'
import { columnClass } from './column-class.ts'
import { RowCheckbox } from './row-checkbox.tsx'
import type { DataTableFeatures } from './table-columns.ts'

const cellClass = 'h-9.5 border-line border-b px-3 py-1.5'

/** One row. Its first cell is a link to it, so that it also opens in a new tab and is found by screen readers. */
export function DataRow<Row extends RowData>({
  table,
  row,
  href,
  open,
  selectable,
}: {
  table: ReactTable<DataTableFeatures, Row>
  row: TableRow<DataTableFeatures, Row>
  href?: string
  open: boolean
  selectable: boolean
}) {
  const router = useRouter()
  const visit = (event: React.SyntheticEvent<HTMLElement>) => {
    if (!href || isControl(event.target)) return
    event.preventDefault()
    router.push(href, { scroll: false })
  }
  const selected = row.getIsSelected()
  return (
    <tr
      data-row
      tabIndex={-1}
      aria-selected={selectable ? selected : undefined}
      onClick={visit}
      onKeyDown={event => event.key === 'Enter' && visit(event)}
      className={cn(
        'focus-ring-inset transition-colors hover:bg-hover focus:bg-hover',
        href && 'cursor-pointer',
        (selected || open) && 'bg-selected hover:bg-selected',
      )}
    >
      {selectable ? (
        <td className={cn(cellClass, 'w-8 pr-1 pl-1')}>
          <RowCheckbox
            label="Select this row"
            checked={selected}
            onCheckedChange={checked => row.toggleSelected(checked)}
          />
        </td>
      ) : null}
      {row.getVisibleCells().map((cell, index) => (
        <td
          key={cell.id}
          className={cn(cellClass, columnClass(cell.column.columnDef.meta), !selectable && 'first:pl-1')}
        >
          {index === 0 && href ? (
            <Link href={href} scroll={false} className="font-medium">
              <table.FlexRender cell={cell} />
            </Link>
          ) : (
            <table.FlexRender cell={cell} />
          )}
        </td>
      ))}
    </tr>
  )
}

function isControl(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('a, button, input, [role=checkbox]') !== null
}
