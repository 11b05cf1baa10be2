'use client'

import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import type { TableFilterSpec } from '#components/data-table/table-filter.tsx'
import { formatBytes, formatDate } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import type { ContentEntryDto } from '#lib/content-log/schema.ts'

const LOGGING = [
  { value: 'full', label: 'Full' },
  { value: 'restricted', label: 'Restricted access' },
] as const

const column = columnsOf<ContentEntryDto>()
const columns = column.columns([
  column.accessor('occurredAt', {
    header: 'When',
    cell: ({ getValue }) => <RelativeTime time={getValue()} />,
    enableHiding: false,
    meta: { className: 'whitespace-nowrap' },
  }),
  column.accessor(entry => entry.modelIdentifier ?? '–', { id: 'model', header: 'Model' }),
  column.accessor('tier', { header: 'Tier' }),
  column.accessor(entry => LOGGING.find(one => one.value === entry.logging)?.label ?? '', {
    id: 'logging',
    header: 'Access',
    meta: { from: 'md' },
  }),
  column.accessor(entry => entry.personName ?? entry.keyName ?? 'Service', {
    id: 'who',
    header: 'Who',
    meta: { from: 'sm', className: 'whitespace-nowrap' },
  }),
  column.accessor(entry => entry.teamName ?? '–', { id: 'team', header: 'Team', meta: { from: 'lg' } }),
  column.accessor(entry => `${formatBytes(entry.plainBytes)}${entry.truncated ? ', cut' : ''}`, {
    id: 'size',
    header: 'Content',
    meta: { numeric: true, from: 'sm' },
  }),
  column.accessor(entry => (entry.keptUntil ? formatDate(entry.keptUntil) : '–'), {
    id: 'until',
    header: 'Kept until',
    meta: { from: 'xl' },
  }),
])

/** Requests whose content is kept, without it; a row leads to its request. */
export function ContentTable({
  entries,
  nextCursor,
  tiers,
  empty,
  note,
}: {
  entries: readonly ContentEntryDto[]
  nextCursor: string | null
  tiers: readonly string[]
  empty: ReactNode
  note: string
}) {
  const filters: TableFilterSpec[] = [
    { key: 'tier', label: 'Tier', single: true, items: tiers.map(value => ({ value, label: value })) },
    { key: 'logging', label: 'Access', single: true, items: LOGGING },
  ]
  return (
    <DataTable
      label="Content entries"
      columns={columns}
      rows={entries}
      rowId={entry => entry.id}
      rowHref={entry => `/operate/requests/${entry.id}`}
      nextCursor={nextCursor}
      searchLabel="Request id"
      filters={filters}
      empty={empty}
      note={note}
    />
  )
}
