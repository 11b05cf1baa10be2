'use client'

import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import { choicesOf } from '#components/form/choices.ts'
import { formatDate } from '#components/format.ts'
import { Badge } from '#components/ui/badge.tsx'
import type { DecisionDto } from '#lib/board/dto.ts'
import { forceOf, KIND_WORDS, tallyText } from './page-words.ts'

const column = columnsOf<DecisionDto>()
const columns = column.columns([
  column.accessor('number', {
    header: 'Number',
    cell: cell => <span className="whitespace-nowrap">{cell.getValue()}</span>,
  }),
  column.accessor('title', { header: 'Decision', meta: { className: 'max-w-96' } }),
  column.accessor(row => forceOf(row).label, {
    id: 'outcome',
    header: 'Outcome',
    cell: cell => <Badge tone={forceOf(cell.row.original).tone}>{cell.getValue()}</Badge>,
  }),
  column.accessor(row => tallyText(row), { id: 'votes', header: 'Votes', meta: { from: 'lg' } }),
  column.accessor('decidedAt', { header: 'Decided', meta: { from: 'md' }, cell: cell => formatDate(cell.getValue()) }),
  column.accessor('openConditions', { header: 'Open conditions', meta: { numeric: true, from: 'lg' } }),
])

const FILTERS = [
  {
    key: 'outcome',
    label: 'Outcome',
    single: true,
    items: [
      { value: 'carried', label: 'Carried' },
      { value: 'not_carried', label: 'Not carried' },
    ],
  },
  {
    key: 'inForce',
    label: 'In force',
    single: true,
    items: [
      { value: 'yes', label: 'In force' },
      { value: 'no', label: 'Not in force' },
    ],
  },
  {
    key: 'kind',
    label: 'About',
    single: true,
    items: choicesOf(KIND_WORDS),
  },
]

/** The register of decisions. */
export function DecisionsTable({
  decisions,
  nextCursor,
  csvHref,
  empty,
}: {
  decisions: readonly DecisionDto[]
  nextCursor: string | null
  csvHref: string
  empty: ReactNode
}) {
  return (
    <DataTable
      label="Decisions"
      columns={columns}
      rows={decisions}
      rowId={row => row.id}
      rowHref={row => `/govern/board/decisions/${row.id}`}
      nextCursor={nextCursor}
      searchLabel="Search number, title, question or rationale"
      filters={FILTERS}
      csvHref={csvHref}
      empty={empty}
    />
  )
}
