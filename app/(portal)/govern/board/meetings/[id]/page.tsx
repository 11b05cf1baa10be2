import { CalendarDays } from 'lucide-react'
import type { Metadata } from 'next'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import type { MeetingDetailDto } from '#lib/board/dto.ts'
import { getMeeting } from '#lib/board/meeting-queries.ts'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import { renderPage } from '../../../../_components/render-page.tsx'
import { MEETING_WORDS, MINUTES_WORDS, meetingHeadline, meetingMoment } from '../../_components/page-words.ts'
import { Agenda } from '../_components/agenda.tsx'
import { Attendance, PresenceBar } from '../_components/attendance.tsx'
import { MeetingActions } from '../_components/meeting-actions.tsx'
import { MeetingTasks } from '../_components/meeting-tasks.tsx'
import { Minutes } from '../_components/minutes.tsx'

export const metadata: Metadata = { title: 'Board meeting' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

export default function MeetingPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const meeting = await getMeeting(ctx, id)
    const href = `/govern/board/meetings/${id}`
    const current = tab === 'minutes' || tab === 'history' ? `${href}?tab=${tab}` : href
    const live = meeting.state === 'in_session'
    const people = await peopleFor(ctx, meeting)
    return (
      <Page>
        <LiveRefresh topics={['board', 'approvals']} />
        <PageCrumb label={meeting.title} />
        <div className="flex flex-col gap-4 print:hidden">
          <PageHeader
            title={meetingHeadline(meeting)}
            badges={<Badges meeting={meeting} />}
            description={<Facts meeting={meeting} />}
            actions={meeting.may.manage ? <MeetingActions meeting={meeting} /> : null}
          />
          <TabLinks
            label="Parts of this meeting"
            current={current}
            items={[
              { href, label: 'Agenda', count: meeting.agenda.length },
              { href: `${href}?tab=minutes`, label: 'Minutes' },
              { href: `${href}?tab=history`, label: 'History', count: meeting.history.length },
            ]}
          />
        </div>
        {tab === 'minutes' ? (
          <Minutes meeting={meeting} viewerId={ctx.actor.id} />
        ) : tab === 'history' ? (
          <VersionHistory versions={meeting.history} label="History of this meeting" made="Scheduled" />
        ) : (
          <>
            {live ? <PresenceBar meeting={meeting} viewerId={ctx.actor.id} /> : null}
            <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1fr)_21rem]">
              <div className="flex min-w-0 flex-col gap-8">
                <Agenda meeting={meeting} viewerId={ctx.actor.id} people={people} />
                <MeetingTasks meeting={meeting} people={people} />
              </div>
              <Attendance meeting={meeting} />
            </div>
          </>
        )}
      </Page>
    )
  })
}

/** Whom a condition or a task can be given to; only who records them needs the list. */
async function peopleFor(ctx: Context, { may }: MeetingDetailDto): Promise<{ value: string; label: string }[]> {
  if (!may.manage) return []
  const { data } = await listPeople(ctx, ListPeopleQuery.parse({ limit: 200 }))
  return data.map(({ id, name }) => ({ value: id, label: name }))
}

function Badges({ meeting: { state, minutesState } }: { meeting: MeetingDetailDto }) {
  return (
    <>
      <Badge tone={MEETING_WORDS[state].tone}>{MEETING_WORDS[state].label}</Badge>
      {state === 'held' ? (
        <Badge tone={MINUTES_WORDS[minutesState].tone}>{MINUTES_WORDS[minutesState].label}</Badge>
      ) : null}
    </>
  )
}

function Facts({ meeting }: { meeting: MeetingDetailDto }) {
  const { id, startsAt, timeZone, location, cancelReason } = meeting
  if (cancelReason) return `${meetingMoment(startsAt, timeZone)} · ${cancelReason}`
  return (
    <span className="flex flex-wrap items-center gap-x-1.5">
      {meetingMoment(startsAt, timeZone)} ({timeZone}){location ? ` · ${location}` : ''}
      <a
        href={`/govern/board/meetings/${id}/calendar`}
        download
        className="inline-flex items-center gap-1 underline underline-offset-3"
      >
        <CalendarDays aria-hidden className="size-3.5" />
        Calendar file
      </a>
    </span>
  )
}
