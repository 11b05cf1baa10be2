'use client'

import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import { choicesOf } from '#components/form/choices.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { ROLES } from '#core/permissions.ts'
import type { PersonDto } from '#lib/people/schema.ts'
import { PersonStatus } from './person-status.tsx'

const column = columnsOf<PersonDto>()
const columns = column.columns([
  column.accessor('name', { header: 'Name', enableHiding: false, meta: { className: 'whitespace-nowrap' } }),
  column.accessor('email', { header: 'E-mail', meta: { from: 'lg', className: 'text-muted' } }),
  column.accessor(person => person.roles.map(role => ROLES[role]).join(', ') || 'No role', {
    id: 'roles',
    header: 'Roles',
    meta: { from: 'sm' },
  }),
  column.accessor(person => person.teams.map(teamText).join(', ') || '–', {
    id: 'teams',
    header: 'Teams',
    meta: { from: 'md' },
  }),
  column.accessor('lastSeenAt', {
    header: 'Last seen',
    cell: ({ getValue }) => <Seen at={getValue()} />,
    meta: { from: 'md', className: 'whitespace-nowrap' },
  }),
  column.accessor('status', { header: 'Status', cell: ({ getValue }) => <PersonStatus status={getValue()} /> }),
])

function Seen({ at }: { at: string | null }) {
  return at ? <RelativeTime time={at} /> : <span className="text-muted">Never</span>
}

function teamText({ name, kind }: PersonDto['teams'][number]): string {
  return kind === 'lead' ? `${name} (lead)` : name
}

/** The organization's people by name. */
export function PeopleTable({
  people,
  nextCursor,
  teams,
  empty,
  note,
}: {
  people: readonly PersonDto[]
  nextCursor: string | null
  teams: readonly { id: string; name: string }[]
  empty: ReactNode
  note: string
}) {
  return (
    <DataTable
      label="People"
      columns={columns}
      rows={people}
      rowId={person => person.id}
      rowHref={person => `/admin/people/${person.id}`}
      nextCursor={nextCursor}
      searchLabel="Name or e-mail"
      filters={[
        {
          key: 'role',
          label: 'Role',
          single: true,
          items: choicesOf(ROLES),
        },
        { key: 'team', label: 'Team', single: true, items: teams.map(({ id, name }) => ({ value: id, label: name })) },
        {
          key: 'status',
          label: 'Status',
          single: true,
          items: [
            { value: 'active', label: 'Active' },
            { value: 'deactivated', label: 'Deactivated' },
          ],
        },
      ]}
      empty={empty}
      note={note}
    />
  )
}
