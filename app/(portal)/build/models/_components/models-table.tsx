'use client'

import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import { formatCompact, formatMoney } from '#components/format.ts'
import { parseUsd } from '#core/usd.ts'
import type { ModelDto } from '#lib/models/schema.ts'
import { LIFECYCLE_CHOICES, LifecycleBadge } from './lifecycle.tsx'

const column = columnsOf<ModelDto>()
const columns = column.columns([
  column.accessor('identifier', { header: 'Model', enableHiding: false, meta: { className: 'sm:whitespace-nowrap' } }),
  column.accessor('displayName', { header: 'Name', meta: { from: 'xl', className: 'whitespace-nowrap' } }),
  column.accessor('providerName', { header: 'Provider', meta: { from: 'sm', className: 'whitespace-nowrap' } }),
  column.accessor('lifecycle', {
    header: 'Lifecycle',
    cell: ({ getValue }) => <LifecycleBadge lifecycle={getValue()} />,
  }),
  column.accessor(model => capabilitiesText(model), {
    id: 'capabilities',
    header: 'Capabilities',
    cell: ({ getValue }) => <span className="block max-w-72 truncate text-muted">{getValue()}</span>,
    meta: { from: 'lg' },
  }),
  column.accessor(model => model.tiers.join(', '), {
    id: 'tiers',
    header: 'Data',
    cell: ({ getValue }) => getValue() || <span className="text-muted">none yet</span>,
    meta: { from: 'xl', className: 'whitespace-nowrap' },
  }),
  column.accessor(model => formatCompact(model.contextWindow), {
    id: 'context',
    header: 'Context',
    meta: { numeric: true, from: 'md' },
  }),
  column.accessor(model => priceText(model, 'input'), {
    id: 'input',
    header: 'In, USD per M',
    meta: { numeric: true, from: 'sm' },
  }),
  column.accessor(model => priceText(model, 'output'), {
    id: 'output',
    header: 'Out, USD per M',
    meta: { numeric: true, from: 'sm' },
  }),
])

function capabilitiesText(model: ModelDto): string {
  return model.capabilities.map(name => name.replaceAll('_', ' ')).join(', ')
}

function priceText(model: ModelDto, side: 'input' | 'output'): string {
  if (!model.price) return 'unpriced'
  const usd = model.price.usdPerMillionTokens[side]
  return formatMoney(usd === null ? null : parseUsd(usd), { currency: false, digits: decimals(usd) })
}

function decimals(usd: string | null): number {
  return Math.min(4, Math.max(2, usd?.split('.')[1]?.length ?? 2))
}

/** The catalog; a row leads to the model's page. */
export function ModelsTable({
  models,
  nextCursor,
  providers,
  capabilities,
  empty,
  note,
}: {
  models: readonly ModelDto[]
  nextCursor: string | null
  providers: readonly { value: string; label: string }[]
  capabilities: readonly string[]
  empty: ReactNode
  note: string
}) {
  return (
    <DataTable
      label="Models"
      columns={columns}
      rows={models}
      rowId={model => model.id}
      rowHref={model => `/build/models/${model.id}`}
      nextCursor={nextCursor}
      hiddenColumns={['displayName']}
      searchLabel="Search models by name"
      filters={[
        { key: 'provider', label: 'Provider', items: providers, single: true },
        { key: 'lifecycle', label: 'Lifecycle', items: LIFECYCLE_CHOICES, single: true },
        {
          key: 'capability',
          label: 'Capability',
          items: capabilities.map(value => ({ value, label: value.replaceAll('_', ' ') })),
          single: true,
        },
      ]}
      empty={empty}
      note={note}
    />
  )
}
