import {
  type ColumnDef,
  columnVisibilityFeature,
  createColumnHelper,
  type RowData,
  rowSelectionFeature,
  tableFeatures,
} from '@tanstack/react-table'

export type TableColumnMeta = {
  /** The column's name in the menu of columns, and for assistive technology where the head is empty. */
  label?: string
  /** Aligned right, with tabular numerals. */
  numeric?: boolean
  /** The server sorts by this column's id. */
  sortable?: boolean
  /** Hidden below this width, so that narrow screens stay readable. */
  from?: 'sm' | 'md' | 'lg' | 'xl'
  className?: string
}

/** What the tables of the portal can do; the server does filter, sort and pages. */
export const dataTableFeatures = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  columnMeta: {} as TableColumnMeta,
})

export type DataTableFeatures = typeof dataTableFeatures

export type DataTableColumn<Row extends RowData> = ColumnDef<DataTableFeatures, Row, unknown>

/**
 * Defines columns, once, outside the component:
 * `const column = columnsOf<KeyDto>()`, `const columns = column.columns([column.accessor('name', { header: 'Name' })])`.
 */
export function columnsOf<Row extends RowData>() {
  return createColumnHelper<DataTableFeatures, Row>()
}
