'use client'

import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import { choicesOf } from '#components/form/choices.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import type { RiskDto } from '#lib/risks/schema.ts'
import { LevelBadge } from './level-badge.tsx'
import { CATEGORY_LABELS, TREATMENT_LABELS } from './risk-words.ts'

const column = columnsOf<RiskDto>()
const columns = column.columns([
  column.accessor('title', { header: 'Risk', enableHiding: false, meta: { className: 'min-w-44' } }),
  column.accessor(row => CATEGORY_LABELS[row.category], { id: 'category', header: 'Kind', meta: { from: 'md' } }),
  column.accessor('level', {
    header: 'Inherent',
    cell: ({ getValue }) => <LevelBadge level={getValue()} />,
    meta: { from: 'sm' },
  }),
  column.accessor('residualLevel', { header: 'Residual', cell: ({ getValue }) => <LevelBadge level={getValue()} /> }),
  column.accessor('treatment', {
    header: 'Treatment',
    cell: ({ row: { original } }) =>
      original.needsAcceptance ? <Badge tone="warn">Not accepted yet</Badge> : TREATMENT_LABELS[original.treatment],
    meta: { from: 'md' },
  }),
  column.accessor('controls', { header: 'Controls', meta: { numeric: true, from: 'lg' } }),
  column.accessor(row => row.ownerName ?? 'Nobody', { id: 'owner', header: 'Owner', meta: { from: 'lg' } }),
  column.accessor('reviewAt', {
    header: 'Next review',
    cell: ({ row: { original } }) =>
      original.overdue ? <Badge tone="bad">Overdue</Badge> : <RelativeTime time={original.reviewAt} />,
    meta: { from: 'md', className: 'whitespace-nowrap' },
  }),
])

const FILTERS = [
  { key: 'category', label: 'Kind', single: true, items: choicesOf(CATEGORY_LABELS) },
  { key: 'state', label: 'State', single: true, items: choicesOf({ closed: 'Closed', all: 'Open and closed' }) },
]

/** The register: one row a risk, the gravest that are left first. */
export function RisksTable({ risks, empty, note }: { risks: readonly RiskDto[]; empty: ReactNode; note: ReactNode }) {
  return (
    <DataTable
      label="Risks"
      columns={columns}
      rows={risks}
      rowId={row => row.id}
      rowHref={row => `/govern/risks/${row.id}`}
      nextCursor={null}
      searchLabel="Search by title"
      filters={FILTERS}
      empty={empty}
      note={note}
    />
  )
}
