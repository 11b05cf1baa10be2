import type { TableColumnMeta } from './table-columns.ts'

const fromClass = {
  sm: 'max-sm:hidden',
  md: 'max-md:hidden',
  lg: 'max-lg:hidden',
  xl: 'max-xl:hidden',
}

/** The classes a column's cells and head share. */
export function columnClass(meta: TableColumnMeta | undefined): string {
  if (!meta) return ''
  const classes = [meta.numeric ? 'text-right whitespace-nowrap' : '', meta.from ? fromClass[meta.from] : '']
  return [...classes, meta.className ?? ''].filter(Boolean).join(' ')
}
