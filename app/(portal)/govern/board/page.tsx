import { CalendarPlus, Gavel } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { formatCount } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { cadenceText, ROLE_WORDS } from '#lib/board/board-words.ts'
import type { CharterDto, MeetingDto } from '#lib/board/dto.ts'
import { type BoardOverview, boardOverview } from '#lib/board/queries.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { BoardTabs } from './_components/board-tabs.tsx'
import { CalendarLink } from './_components/calendar-link.tsx'
import {
  boardHeadline,
  KIND_WORDS,
  MEETING_WORDS,
  MINUTES_WORDS,
  meetingMoment,
  nextOf,
} from './_components/page-words.ts'
import { ScheduleMeeting } from './_components/schedule-meeting.tsx'

export const metadata: Metadata = { title: 'Review board' }

export default function BoardPage() {
  return renderPage(async ({ ctx }) => {
    const board = await boardOverview(ctx)
    const { charter, meetings, may } = board
    const now = meetings.find(({ state }) => state === 'in_session') ?? nextOf(meetings)
    return (
      <Page>
        <LiveRefresh topics={['board', 'approvals']} />
        <PageHeader
          title={boardHeadline(board)}
          description={charter ? `${charter.name} meets ${cadenceText(charter.cadence)}.` : null}
          actions={<Actions board={board} now={now} />}
        />
        {charter ? <BoardTabs current="/govern/board" /> : null}
        {charter ? (
          <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1fr)_20rem]">
            <div className="flex min-w-0 flex-col gap-8">
              <Waiting waiting={board.waiting} next={nextOf(meetings)} />
              <Meetings meetings={meetings} />
            </div>
            <Members charter={charter} />
          </div>
        ) : (
          <EmptyState
            icon={<Gavel />}
            title="Write the charter first"
            description="It says what the board is for, who sits on it, how it votes, when it has a quorum and how often it meets."
            action={
              may.manage ? (
                <ButtonLink variant="primary" href="/govern/board/charter?edit=1">
                  Write the charter
                </ButtonLink>
              ) : null
            }
          />
        )}
      </Page>
    )
  })
}

function Actions({ board, now }: { board: BoardOverview; now: MeetingDto | undefined }) {
  const { charter, nextOccasion, may } = board
  return (
    <>
      {now ? (
        <ButtonLink variant="primary" href={`/govern/board/meetings/${now.id}`}>
          {now.state === 'in_session' ? 'Join the meeting' : 'Open the agenda'}
        </ButtonLink>
      ) : null}
      {charter && may.manage && nextOccasion ? (
        <ScheduleMeeting timeZone={charter.cadence.timeZone} nextOccasion={nextOccasion} />
      ) : null}
      {charter ? <CalendarLink /> : null}
    </>
  )
}

function Waiting({ waiting, next }: { waiting: BoardOverview['waiting']; next: MeetingDto | undefined }) {
  if (waiting.length === 0) return null
  return (
    <Section
      title={`${formatCount(waiting.length, 'thing')} ${waiting.length === 1 ? 'waits' : 'wait'} for the board and ${waiting.length === 1 ? 'is' : 'are'} on no agenda`}
      actions={next ? <Link href={`/govern/board/meetings/${next.id}`}>Put on the agenda of {next.title}</Link> : null}
    >
      <ul className="text-sm">
        {waiting.map(({ kind, title }) => (
          <li key={`${kind} ${title}`} className="flex items-center gap-3 border-line border-b py-2">
            <CalendarPlus className="size-4 shrink-0 text-muted" aria-hidden />
            <span className="min-w-0 flex-1 truncate">{title}</span>
            <span className="text-muted">{KIND_WORDS[kind as keyof typeof KIND_WORDS]}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Meetings({ meetings }: { meetings: readonly MeetingDto[] }) {
  return (
    <Section title="Meetings">
      {meetings.length === 0 ? <p className="text-muted text-sm">None yet.</p> : null}
      {meetings.length > 0 ? (
        <Table label="Meetings">
          <TableHead>
            <tr>
              <TableHeader>Meeting</TableHeader>
              <TableHeader className="max-sm:hidden">When</TableHeader>
              <TableHeader className="max-md:hidden" numeric>
                Items
              </TableHeader>
              <TableHeader className="max-md:hidden" numeric>
                Decisions
              </TableHeader>
              <TableHeader>State</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {meetings.map(meeting => (
              <TableRow key={meeting.id}>
                <TableCell>
                  <Link
                    href={`/govern/board/meetings/${meeting.id}`}
                    className="inline-block py-1 font-medium underline-offset-3 hover:underline"
                  >
                    {meeting.title}
                  </Link>
                  <span className="block text-muted text-xs sm:hidden">
                    {meetingMoment(meeting.startsAt, meeting.timeZone)}
                  </span>
                </TableCell>
                <TableCell className="whitespace-nowrap max-sm:hidden">
                  {meetingMoment(meeting.startsAt, meeting.timeZone)}
                </TableCell>
                <TableCell className="max-md:hidden" numeric>
                  {meeting.items}
                </TableCell>
                <TableCell className="max-md:hidden" numeric>
                  {meeting.decisions}
                </TableCell>
                <TableCell>
                  <StateBadge meeting={meeting} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
    </Section>
  )
}

function StateBadge({ meeting: { state, minutesState } }: { meeting: MeetingDto }) {
  const word = state === 'held' ? MINUTES_WORDS[minutesState] : MEETING_WORDS[state]
  return <Badge tone={word.tone}>{word.label}</Badge>
}

function Members({ charter }: { charter: CharterDto }) {
  const seats = charter.members.filter(({ inOffice }) => inOffice)
  return (
    <Section title={`${formatCount(seats.length, 'member')}, ${charter.quorumNeeded} make a quorum`}>
      <ul className="text-sm">
        {seats.map(seat => (
          <li key={seat.id} className="flex justify-between gap-3 border-line border-b py-2">
            <span>{seat.name}</span>
            <span className="text-muted">
              {ROLE_WORDS[seat.role]}
              {seat.votes ? '' : ', without a vote'}
            </span>
          </li>
        ))}
      </ul>
      {seats.length === 0 ? (
        <p className="text-muted text-sm">Nobody sits on the board yet. Appoint its members.</p>
      ) : null}
    </Section>
  )
}
