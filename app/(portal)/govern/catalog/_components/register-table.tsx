'use client'

import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import { formatDate, formatPercent } from '#components/format.ts'
import type { ModelDto } from '#lib/models/schema.ts'
import { LIFECYCLE_CHOICES, LifecycleBadge } from '../../../build/models/_components/lifecycle.tsx'

/** A model with whom it is for, in words. */
export type RegisterRow = ModelDto & { forWhom: string }

const column = columnsOf<RegisterRow>()
const columns = column.columns([
  column.accessor('identifier', { header: 'Model', enableHiding: false, meta: { className: 'sm:whitespace-nowrap' } }),
  column.accessor('providerName', { header: 'Provider', meta: { from: 'md', className: 'whitespace-nowrap' } }),
  column.accessor('lifecycle', {
    header: 'Lifecycle',
    cell: ({ getValue }) => <LifecycleBadge lifecycle={getValue()} />,
  }),
  column.accessor('forWhom', {
    header: 'For',
    cell: ({ getValue }) => <span className="block max-w-64 truncate">{getValue()}</span>,
    meta: { from: 'md' },
  }),
  column.accessor(model => model.tiers.join(', '), {
    id: 'tiers',
    header: 'Data',
    cell: ({ getValue }) => getValue() || <span className="text-muted">none yet</span>,
    meta: { from: 'lg', className: 'whitespace-nowrap' },
  }),
  column.accessor(model => model.sunsetAt ?? model.providerEnd?.on ?? null, {
    id: 'end',
    header: 'Ends',
    cell: ({ row, getValue }) => {
      const end = getValue()
      if (end === null) return <span className="text-muted">no end set</span>
      return row.original.sunsetAt ? formatDate(end) : `${formatDate(end)}, at the provider`
    },
    meta: { from: 'lg', className: 'whitespace-nowrap' },
  }),
  column.accessor(model => model.completeness.known / model.completeness.of, {
    id: 'known',
    header: 'Known',
    cell: ({ getValue }) => formatPercent(getValue()),
    meta: { numeric: true },
  }),
])

/** Every model with the terms of its use; a row leads to its governance. */
export function RegisterTable({
  models,
  nextCursor,
  providers,
  empty,
  note,
}: {
  models: readonly RegisterRow[]
  nextCursor: string | null
  providers: readonly { value: string; label: string }[]
  empty: ReactNode
  note: string
}) {
  return (
    <DataTable
      label="Models of the catalog"
      columns={columns}
      rows={models}
      rowId={model => model.id}
      rowHref={model => `/govern/catalog/${model.id}`}
      nextCursor={nextCursor}
      searchLabel="Search models by name"
      filters={[
        { key: 'provider', label: 'Provider', items: providers, single: true },
        { key: 'lifecycle', label: 'Lifecycle', items: LIFECYCLE_CHOICES, single: true },
      ]}
      csvHref="/api/v1/models/export"
      empty={empty}
      note={note}
    />
  )
}
