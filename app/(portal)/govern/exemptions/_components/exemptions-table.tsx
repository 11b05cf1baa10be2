'use client'

import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import { choicesOf } from '#components/form/choices.ts'
import { formatMoney, formatNumber } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { buttonVariants } from '#components/ui/button.tsx'
import { parseUsd } from '#core/usd.ts'
import type { ExemptionDto } from '#lib/exemptions/schema.ts'
import { KIND_LABELS, RATING_LABELS, subjectText } from './exemption-words.ts'
import { StateBadge } from './state-badge.tsx'

const column = columnsOf<ExemptionDto>()
const columns = column.columns([
  column.accessor('title', { header: 'Exemption', enableHiding: false, meta: { className: 'min-w-44' } }),
  column.accessor(row => KIND_LABELS[row.kind], {
    id: 'kind',
    header: 'From',
    meta: { className: 'whitespace-nowrap' },
  }),
  column.accessor(subjectText, { id: 'subject', header: 'For', meta: { from: 'md' } }),
  column.accessor('state', {
    header: 'State',
    cell: ({ row: { original } }) => <StateBadge exemption={original} />,
    meta: { className: 'whitespace-nowrap' },
  }),
  column.accessor('endsAt', {
    header: 'Ends',
    cell: ({ getValue }) => <RelativeTime time={getValue()} />,
    meta: { className: 'whitespace-nowrap' },
  }),
  column.accessor(row => RATING_LABELS[row.riskRating], { id: 'risk', header: 'Risk', meta: { from: 'lg' } }),
  column.accessor(row => formatNumber(row.calls), {
    id: 'calls',
    header: 'Calls',
    meta: { numeric: true, from: 'lg' },
  }),
  column.accessor(spendText, { id: 'spend', header: 'Spent, USD', meta: { numeric: true, from: 'lg' } }),
  column.accessor('ownerName', { header: 'Owner', meta: { from: 'xl', className: 'whitespace-nowrap' } }),
])

function spendText({ spentUsd, spendCapUsd }: ExemptionDto): string {
  const spent = formatMoney(parseUsd(spentUsd), { currency: false })
  return spendCapUsd === null ? spent : `${spent} of ${formatMoney(parseUsd(spendCapUsd), { currency: false })}`
}

const KINDS = choicesOf(KIND_LABELS)

/** The register: one row an exemption. */
export function ExemptionsTable({
  exemptions,
  nextCursor,
  csvHref,
  empty,
}: {
  exemptions: readonly ExemptionDto[]
  nextCursor: string | null
  csvHref: string
  empty: ReactNode
}) {
  return (
    <DataTable
      label="Exemptions"
      columns={columns}
      rows={exemptions}
      rowId={row => row.id}
      rowHref={row => `/govern/exemptions/${row.id}`}
      nextCursor={nextCursor}
      searchLabel="Search by title"
      filters={[{ key: 'kind', label: 'From', single: true, items: KINDS }]}
      views={
        <a href={csvHref} download className={buttonVariants({ variant: 'ghost' })}>
          <Download aria-hidden />
          CSV
        </a>
      }
      empty={empty}
      note="Calls and spend as gateways recorded them."
    />
  )
}
