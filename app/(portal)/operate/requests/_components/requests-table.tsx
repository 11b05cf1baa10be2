'use client'

import { Download } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import type { TableFilterSpec } from '#components/data-table/table-filter.tsx'
import { formatDuration, formatMoney, formatTokens } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { buttonVariants } from '#components/ui/button.tsx'
import { parseUsd } from '#core/usd.ts'
import type { RequestDto } from '#lib/requests/schema.ts'
import { modelText } from './request-words.ts'
import { ResultBadge } from './result-badge.tsx'

const column = columnsOf<RequestDto>()
const columns = column.columns([
  column.accessor('occurredAt', {
    header: 'When',
    cell: ({ getValue }) => <RelativeTime time={getValue()} />,
    enableHiding: false,
    meta: { className: 'whitespace-nowrap' },
  }),
  column.accessor(modelText, { id: 'model', header: 'Model', meta: { className: 'whitespace-nowrap' } }),
  column.accessor('outcome', {
    header: 'Result',
    cell: ({ row: { original } }) => <ResultBadge request={original} />,
  }),
  column.accessor(request => request.personName ?? 'Service', {
    id: 'person',
    header: 'Person',
    meta: { from: 'md', className: 'whitespace-nowrap' },
  }),
  column.accessor(request => request.teamName ?? '–', {
    id: 'team',
    header: 'Team',
    meta: { from: 'lg', className: 'whitespace-nowrap' },
  }),
  column.accessor(request => request.keyName ?? '–', {
    id: 'key',
    header: 'Key',
    meta: { from: 'xl', className: 'max-w-44 truncate' },
  }),
  column.accessor(request => request.providerName ?? '–', {
    id: 'provider',
    header: 'Provider',
    meta: { from: 'xl', className: 'whitespace-nowrap' },
  }),
  column.accessor(request => formatTokens(request.inputTokens), {
    id: 'in',
    header: 'Tokens in',
    meta: { numeric: true, from: 'lg' },
  }),
  column.accessor(request => formatTokens(request.outputTokens), {
    id: 'out',
    header: 'Tokens out',
    meta: { numeric: true, from: 'lg' },
  }),
  column.accessor(costText, { id: 'cost', header: 'Cost, USD', meta: { numeric: true } }),
  column.accessor(request => formatDuration(request.latencyMs), {
    id: 'time',
    header: 'Time',
    meta: { numeric: true, from: 'sm' },
  }),
  column.accessor(request => (request.streaming ? 'Stream' : 'Whole'), {
    id: 'streaming',
    header: 'Answer',
    meta: { from: 'xl' },
  }),
])

function costText({ costState, costUsd }: RequestDto): string {
  if (costState === 'unpriced') return 'unpriced'
  return formatMoney(costUsd === null ? null : parseUsd(costUsd), { currency: false })
}

/** Governed requests; a row opens beside the list, with the filters kept. */
export function RequestsTable({
  requests,
  nextCursor,
  filters,
  openId,
  csvHref,
  empty,
  note,
}: {
  requests: readonly RequestDto[]
  nextCursor: string | null
  filters: readonly TableFilterSpec[]
  openId?: string
  csvHref: string
  empty: ReactNode
  note: ReactNode
}) {
  const search = useSearchParams()
  const hrefOf = (request: RequestDto) => {
    const next = new URLSearchParams(search)
    next.set('open', request.id)
    return `/operate/requests?${next}`
  }
  return (
    <DataTable
      label="Requests"
      columns={columns}
      rows={requests}
      rowId={request => request.id}
      rowHref={hrefOf}
      openId={openId}
      nextCursor={nextCursor}
      searchLabel="Request id, trace id, error code"
      filters={filters}
      hiddenColumns={['key', 'provider', 'streaming']}
      views={
        <a href={csvHref} download className={buttonVariants({ variant: 'ghost' })}>
          <Download aria-hidden />
          CSV
        </a>
      }
      empty={empty}
      note={note}
    />
  )
}
