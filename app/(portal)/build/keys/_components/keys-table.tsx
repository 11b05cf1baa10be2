'use client'

import { useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import { formatMoney, formatNumber, unknownText } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { parseUsd } from '#core/usd.ts'
import type { KeyDto } from '#lib/keys/schema.ts'
import { ENVIRONMENT_LABELS, KEY_STATE_CHOICES, KeyState } from './key-state.tsx'

const column = columnsOf<KeyDto>()
const columns = column.columns([
  column.accessor('name', { header: 'Name', enableHiding: false, meta: { className: 'min-w-36' } }),
  column.accessor('hint', {
    header: 'Key',
    cell: ({ getValue }) => <span className="whitespace-nowrap font-mono text-muted text-xs">{getValue()}</span>,
    meta: { from: 'lg' },
  }),
  column.accessor('teamName', { header: 'Team', meta: { from: 'md', className: 'whitespace-nowrap' } }),
  column.accessor(key => key.personName ?? 'Service token', {
    id: 'person',
    header: 'Person',
    meta: { from: 'lg', className: 'whitespace-nowrap' },
  }),
  column.accessor(key => ENVIRONMENT_LABELS[key.environment], {
    id: 'environment',
    header: 'Environment',
    meta: { from: 'xl' },
  }),
  column.accessor('state', { header: 'State', cell: ({ getValue }) => <KeyState state={getValue()} /> }),
  column.accessor('lastUsedAt', {
    header: 'Last used',
    cell: ({ getValue }) => <Moment time={getValue()} />,
    meta: { from: 'sm', className: 'whitespace-nowrap' },
  }),
  column.accessor(key => formatNumber(key.requests), {
    id: 'requests',
    header: 'Requests',
    meta: { numeric: true, from: 'md' },
  }),
  column.accessor(key => formatMoney(parseUsd(key.costUsd), { currency: false }), {
    id: 'cost',
    header: 'Cost, USD',
    meta: { numeric: true, from: 'sm' },
  }),
  column.accessor('expiresAt', {
    header: 'Expires',
    cell: ({ getValue }) => <RelativeTime time={getValue()} />,
    meta: { from: 'md', className: 'whitespace-nowrap' },
  }),
])

function Moment({ time }: { time: string | null }) {
  return time ? <RelativeTime time={time} /> : <span className="text-muted">{unknownText} never</span>
}

/** The keys; a row opens beside the list, with the filters kept. */
export function KeysTable({
  keys,
  nextCursor,
  teams,
  openId,
  empty,
  note,
}: {
  keys: readonly KeyDto[]
  nextCursor: string | null
  teams: readonly { id: string; name: string }[]
  openId?: string
  empty: ReactNode
  note: string
}) {
  const search = useSearchParams()
  const hrefOf = (key: KeyDto) => {
    const next = new URLSearchParams(search)
    next.set('open', key.id)
    return `/build/keys?${next}`
  }
  return (
    <DataTable
      label="API keys"
      columns={columns}
      rows={keys}
      rowId={key => key.id}
      rowHref={hrefOf}
      openId={openId}
      nextCursor={nextCursor}
      searchLabel="Search keys by name"
      filters={[
        { key: 'team', label: 'Team', items: teams.map(team => ({ value: team.id, label: team.name })), single: true },
        { key: 'state', label: 'State', items: KEY_STATE_CHOICES, single: true },
      ]}
      empty={empty}
      note={note}
    />
  )
}
