'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import { formatNumber } from '#components/format.ts'
import { PROVIDER_KIND_INFO, type ProviderKind } from '#core/provider-kinds.ts'
import type { ProviderDto } from '#lib/providers/schema.ts'
import { LastTest, ProviderState } from './provider-state.tsx'

/** A provider with its requests of 30 days; null: the viewer may not see them. */
export type ProviderRow = ProviderDto & { requests: number | null }

const column = columnsOf<ProviderRow>()
const columns = column.columns([
  column.accessor('name', { header: 'Name', enableHiding: false, meta: { className: 'whitespace-nowrap' } }),
  column.accessor(provider => PROVIDER_KIND_INFO[provider.kind].label, {
    id: 'kind',
    header: 'Kind',
    meta: { from: 'sm', className: 'whitespace-nowrap' },
  }),
  column.accessor(provider => provider.region ?? '–', { id: 'region', header: 'Region', meta: { from: 'lg' } }),
  column.accessor('enabled', { header: 'State', cell: ({ getValue }) => <ProviderState enabled={getValue()} /> }),
  column.accessor('lastTest', {
    header: 'Last test',
    cell: ({ getValue }) => <LastTest test={getValue()} />,
    meta: { from: 'md', className: 'whitespace-nowrap' },
  }),
  column.accessor('models', {
    header: 'Models',
    cell: ({ row: { original } }) => (
      <Link href={`/build/models?provider=${original.id}`} className="underline-offset-3 hover:underline">
        {formatNumber(original.models)}
      </Link>
    ),
    meta: { numeric: true },
  }),
  column.accessor('requests', {
    header: 'Requests, 30 days',
    cell: ({ row: { original } }) => (
      <Link href={`/operate/requests?provider=${original.id}`} className="underline-offset-3 hover:underline">
        {formatNumber(original.requests)}
      </Link>
    ),
    meta: { numeric: true, from: 'sm' },
  }),
])

/** The organization's model providers, newest first. */
export function ProvidersTable({
  providers,
  nextCursor,
  empty,
  note,
}: {
  providers: readonly ProviderRow[]
  nextCursor: string | null
  empty: ReactNode
  note: string
}) {
  return (
    <DataTable
      label="Providers"
      columns={columns}
      rows={providers}
      rowId={provider => provider.id}
      rowHref={provider => `/admin/providers/${provider.id}`}
      nextCursor={nextCursor}
      searchLabel="Search providers by name"
      filters={[
        {
          key: 'kind',
          label: 'Kind',
          single: true,
          items: (Object.keys(PROVIDER_KIND_INFO) as ProviderKind[]).map(value => ({
            value,
            label: PROVIDER_KIND_INFO[value].label,
          })),
        },
        {
          key: 'enabled',
          label: 'State',
          single: true,
          items: [
            { value: 'true', label: 'In use' },
            { value: 'false', label: 'Disabled' },
          ],
        },
      ]}
      empty={empty}
      note={note}
    />
  )
}
