'use client'

import { Download } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import type { TableFilterSpec } from '#components/data-table/table-filter.tsx'
import { choicesOf } from '#components/form/choices.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Button } from '#components/ui/button.tsx'
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx'
import type { AuditEntryDto } from '#lib/audit-log/schema.ts'
import { ACTION_NOUNS, ACTOR_KINDS, PERIODS } from './audit-filters.ts'
import { SealBadge } from './seal-badge.tsx'

const column = columnsOf<AuditEntryDto>()
const columns = column.columns([
  column.accessor('occurredAt', {
    header: 'When',
    cell: ({ getValue }) => <RelativeTime time={getValue()} />,
    enableHiding: false,
    meta: { className: 'whitespace-nowrap' },
  }),
  column.accessor(entry => entry.actor.name, { id: 'actor', header: 'Who', meta: { className: 'whitespace-nowrap' } }),
  column.accessor('action', {
    header: 'Action',
    cell: ({ getValue }) => <span className="whitespace-nowrap font-mono text-xs">{getValue()}</span>,
  }),
  column.accessor(entry => entry.subject.name, { id: 'subject', header: 'Subject', meta: { from: 'sm' } }),
  column.accessor(entry => entry.reason ?? '', {
    id: 'reason',
    header: 'Reason',
    meta: { from: 'xl', className: 'max-w-72 truncate text-muted' },
  }),
  column.accessor('index', {
    header: 'Seal',
    cell: ({ getValue }) => <SealBadge index={getValue()} />,
    meta: { from: 'md' },
  }),
])

const FILTERS: TableFilterSpec[] = [
  { key: 'action', label: 'Action', single: true, items: choicesOf(ACTION_NOUNS) },
  { key: 'kind', label: 'Kind of actor', single: true, items: choicesOf(ACTOR_KINDS) },
  { key: 'period', label: 'Time', single: true, items: choicesOf(PERIODS) },
]

/** The audit log; an entry opens beside the list, with the filters kept. */
export function AuditTable({
  entries,
  nextCursor,
  people,
  exports,
  openId,
  empty,
  note,
}: {
  entries: readonly AuditEntryDto[]
  nextCursor: string | null
  people: readonly { id: string; name: string }[]
  /** Addresses of the exports of what is shown, by label. */
  exports: readonly { label: string; href: string }[]
  openId?: string
  empty: ReactNode
  note: ReactNode
}) {
  const search = useSearchParams()
  const hrefOf = (entry: AuditEntryDto) => {
    const next = new URLSearchParams(search)
    next.set('open', entry.id)
    return `/security/audit?${next}`
  }
  const actors = people.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <DataTable
      label="Audit log"
      columns={columns}
      rows={entries}
      rowId={entry => entry.id}
      rowHref={hrefOf}
      openId={openId}
      nextCursor={nextCursor}
      searchLabel="Name, action or reason"
      filters={[{ key: 'actor', label: 'Person', single: true, items: actors }, ...FILTERS, ...chosenRecord(search)]}
      views={<ExportMenu exports={exports} />}
      empty={empty}
      note={note}
    />
  )
}

/** The record that another page asked for; only then a filter of its own, so that it can be taken away again. */
function chosenRecord(search: URLSearchParams): TableFilterSpec[] {
  const id = search.get('id')
  return id ? [{ key: 'id', label: 'Record', single: true, items: [{ value: id, label: `…${id.slice(-6)}` }] }] : []
}

function ExportMenu({ exports }: { exports: readonly { label: string; href: string }[] }) {
  return (
    <DropdownMenu
      trigger={
        <Button variant="ghost">
          <Download aria-hidden />
          Export
        </Button>
      }
    >
      {exports.map(({ label, href }) => (
        <MenuItem key={href} onSelect={() => window.location.assign(href)}>
          {label}
        </MenuItem>
      ))}
    </DropdownMenu>
  )
}
