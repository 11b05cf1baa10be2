'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useTransition } from 'react'
import { DataTable } from '#components/data-table/data-table.tsx'
import { columnsOf } from '#components/data-table/table-columns.ts'
import type { TableFilterSpec } from '#components/data-table/table-filter.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Select } from '#components/ui/select.tsx'
import { toast } from '#components/ui/toast.ts'
import { giveFeedbackAction } from '#lib/dlp-events/actions.ts'
import type { DlpEventDto } from '#lib/dlp-events/schema.ts'
import { ACTION_CHOICES, ACTION_WORDS } from '../../../operate/guardrails/_components/action-words.ts'

const FEEDBACK = [
  { value: 'none', label: 'Not judged' },
  { value: 'correct', label: 'Correct' },
  { value: 'false_positive', label: 'False positive' },
] as const
type Judgement = (typeof FEEDBACK)[number]['value']

const column = columnsOf<DlpEventDto>()
const when = column.accessor('occurredAt', {
  header: 'When',
  cell: ({ getValue }) => <RelativeTime time={getValue()} />,
  enableHiding: false,
  meta: { className: 'whitespace-nowrap' },
})
const what = column.accessor('name', {
  header: 'Found',
  cell: ({ row }) => (
    <>
      {row.original.name}
      <span className="block text-muted text-xs">{row.original.kind.replaceAll('_', ' ')}</span>
    </>
  ),
})
const done = column.accessor('action', {
  header: 'Done',
  cell: ({ row }) => <ActionBadge event={row.original} />,
})
const place = column.accessor('location', {
  header: 'Place',
  cell: ({ getValue }) => <span className="block max-w-64 truncate font-mono text-xs">{getValue()}</span>,
  meta: { from: 'md' },
})
const who = column.accessor(event => event.personName ?? event.keyName ?? '', {
  id: 'who',
  header: 'Who',
  meta: { from: 'sm' },
})
const team = column.accessor(event => event.teamName ?? '', { id: 'team', header: 'Team', meta: { from: 'lg' } })
const tier = column.accessor(event => event.tier ?? '', { id: 'tier', header: 'Tier', meta: { from: 'xl' } })
const judgement = column.accessor(event => event.feedback ?? 'none', {
  id: 'feedback',
  header: 'Judgement',
  cell: ({ row }) => <Feedback event={row.original} />,
})
const judgementText = column.accessor(
  event => FEEDBACK.find(one => one.value === (event.feedback ?? 'none'))?.label ?? '',
  {
    id: 'feedback',
    header: 'Judgement',
  },
)
const columns = column.columns([when, what, done, place, who, team, tier, judgement])
const readOnlyColumns = column.columns([when, what, done, place, who, team, tier, judgementText])

/** What guardrails found; those who may say whether it was right. */
export function DlpTable({
  events,
  nextCursor,
  detectors,
  judges,
  empty,
  note,
}: {
  events: readonly DlpEventDto[]
  nextCursor: string | null
  detectors: readonly { value: string; label: string }[]
  judges: boolean
  empty: ReactNode
  note: string
}) {
  const filters: TableFilterSpec[] = [
    { key: 'detector', label: 'Detector', single: true, items: detectors },
    { key: 'action', label: 'Done', single: true, items: ACTION_CHOICES },
    { key: 'feedback', label: 'Judgement', single: true, items: FEEDBACK },
  ]
  return (
    <DataTable
      label="Findings"
      columns={judges ? columns : readOnlyColumns}
      rows={events}
      rowId={event => event.id}
      nextCursor={nextCursor}
      filters={filters}
      empty={empty}
      note={note}
    />
  )
}

function ActionBadge({ event: { action, shadow } }: { event: DlpEventDto }) {
  const tone = shadow || action === 'log' ? 'neutral' : action === 'block' ? 'bad' : 'warn'
  return (
    <Badge tone={tone}>
      {ACTION_WORDS[action]}
      {shadow ? ', in shadow' : ''}
    </Badge>
  )
}

function Feedback({ event }: { event: DlpEventDto }) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const judge = (value: Judgement) =>
    startTransition(async () => {
      const result = await giveFeedbackAction({ id: event.id, feedback: value === 'none' ? null : value })
      if (!result.ok) return void toast.error(result.error.message)
      router.refresh()
    })
  return (
    <Select
      aria-label={`Judgement of ${event.name} at ${event.location}`}
      size="sm"
      className="min-w-32"
      items={FEEDBACK}
      value={event.feedback ?? 'none'}
      disabled={pending}
      onValueChange={judge}
    />
  )
}
