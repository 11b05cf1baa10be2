'use client'

import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import { formatMoney, formatNumber } from '#components/format.ts'
import { parseUsd } from '#core/usd.ts'
import type { TeamDto } from '#lib/teams/schema.ts'
import { TeamState } from './team-state.tsx'

const column = columnsOf<TeamDto>()
const columns = column.columns([
  column.accessor('name', { header: 'Name', enableHiding: false, meta: { className: 'whitespace-nowrap' } }),
  column.accessor(team => team.leads.map(lead => lead.name).join(', ') || 'Nobody', {
    id: 'leads',
    header: 'Led by',
    meta: { from: 'sm' },
  }),
  column.accessor(team => formatNumber(team.memberCount), { id: 'members', header: 'People', meta: { numeric: true } }),
  column.accessor(team => team.costCentre ?? '–', { id: 'costCentre', header: 'Cost centre', meta: { from: 'md' } }),
  column.accessor(team => `${formatNumber(team.keyBounds.maxLifetimeDays)} days`, {
    id: 'lifetime',
    header: 'Keys live at most',
    meta: { numeric: true, from: 'lg' },
  }),
  column.accessor(team => formatNumber(team.keyBounds.maxRequestsPerMinute), {
    id: 'rate',
    header: 'Requests a minute',
    meta: { numeric: true, from: 'lg' },
  }),
  column.accessor(team => formatMoney(parseUsd(team.keyBounds.maxDailyLimitUsd), { currency: false }), {
    id: 'limit',
    header: 'USD a day',
    meta: { numeric: true, from: 'md' },
  }),
  column.accessor('archivedAt', {
    header: 'State',
    cell: ({ getValue }) => <TeamState archivedAt={getValue()} />,
    meta: { from: 'sm' },
  }),
])

/** The organization's teams by name. */
export function TeamsTable({
  teams,
  nextCursor,
  empty,
  note,
}: {
  teams: readonly TeamDto[]
  nextCursor: string | null
  empty: ReactNode
  note: string
}) {
  return (
    <DataTable
      label="Teams"
      columns={columns}
      rows={teams}
      rowId={team => team.id}
      rowHref={team => `/admin/teams/${team.id}`}
      nextCursor={nextCursor}
      searchLabel="Search teams by name"
      filters={[
        {
          key: 'state',
          label: 'State',
          single: true,
          items: [
            { value: 'archived', label: 'Archived' },
            { value: 'all', label: 'Active and archived' },
          ],
        },
      ]}
      empty={empty}
      note={note}
    />
  )
}
