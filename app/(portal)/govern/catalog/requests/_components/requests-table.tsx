'use client'

import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import type { ModelRequestDto } from '#lib/model-requests/schema.ts'
import { REQUEST_STATES, RequestStateBadge } from './request-state.tsx'

const column = columnsOf<ModelRequestDto>()
const columns = column.columns([
  column.accessor('identifier', { header: 'Model', enableHiding: false, meta: { className: 'sm:whitespace-nowrap' } }),
  column.accessor('providerName', { header: 'Provider', meta: { from: 'md', className: 'whitespace-nowrap' } }),
  column.accessor('state', { header: 'State', cell: ({ getValue }) => <RequestStateBadge state={getValue()} /> }),
  column.accessor('purpose', {
    header: 'For',
    cell: ({ getValue }) => <span className="block max-w-80 truncate text-muted">{getValue()}</span>,
    meta: { from: 'lg' },
  }),
  column.accessor('requesterName', { header: 'Asked by', meta: { from: 'sm', className: 'whitespace-nowrap' } }),
  column.accessor('createdAt', {
    header: 'Asked',
    cell: ({ getValue }) => <RelativeTime time={getValue()} />,
    meta: { className: 'whitespace-nowrap' },
  }),
])

/** Requests for models, newest first; a row leads to the request. */
export function RequestsTable({
  requests,
  nextCursor,
  empty,
}: {
  requests: readonly ModelRequestDto[]
  nextCursor: string | null
  empty: ReactNode
}) {
  return (
    <DataTable
      label="Requests for models"
      columns={columns}
      rows={requests}
      rowId={request => request.id}
      rowHref={request => `/govern/catalog/requests/${request.id}`}
      nextCursor={nextCursor}
      searchLabel="Search by model or person"
      filters={[
        {
          key: 'state',
          label: 'State',
          items: Object.entries(REQUEST_STATES).map(([value, { label }]) => ({ value, label })),
          single: true,
        },
      ]}
      empty={empty}
    />
  )
}
