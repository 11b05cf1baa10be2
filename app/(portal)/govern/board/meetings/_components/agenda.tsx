'use client'

import { Gavel } from 'lucide-react'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Section } from '#components/page/section.tsx'
import type { MeetingDetailDto } from '#lib/board/dto.ts'
import { AddItem } from './add-item.tsx'
import { AgendaItem } from './agenda-item.tsx'

export type PersonChoice = { value: string; label: string }

/** The points of a meeting in their order; the one that is taken up stands open on every screen. */
export function Agenda({
  meeting,
  viewerId,
  people,
}: {
  meeting: MeetingDetailDto
  viewerId: string | null
  people: readonly PersonChoice[]
}) {
  const open = meeting.state === 'scheduled' || meeting.state === 'in_session'
  return (
    <Section
      title={open ? 'Agenda' : 'What was dealt with'}
      actions={open && meeting.may.manage ? <AddItem meetingId={meeting.id} /> : null}
    >
      {meeting.agenda.length === 0 ? (
        <EmptyState
          icon={<Gavel />}
          title="Nothing is on the agenda"
          description="Requests that wait for the board, reviews that are due and open action items are added with “Add what waits”."
        />
      ) : null}
      <ol>
        {meeting.agenda.map((item, at) => (
          <AgendaItem
            key={item.id}
            item={item}
            place={at + 1}
            places={meeting.agenda.length}
            meeting={meeting}
            viewerId={viewerId}
            people={people}
          />
        ))}
      </ol>
    </Section>
  )
}
