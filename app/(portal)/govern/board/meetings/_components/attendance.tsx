'use client'

import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { attendMeetingAction } from '#lib/board/actions.ts'
import { ROLE_WORDS } from '#lib/board/board-words.ts'
import type { AttendeeDto, MeetingDetailDto } from '#lib/board/dto.ts'
import { clock } from '../../_components/page-words.ts'
import { Problem } from '../../_components/problem.tsx'
import { useRun } from '../../_components/use-run.ts'

/** Whether there is a quorum, and one's own way to come and go: stays in sight while the meeting is in session. */
export function PresenceBar({ meeting, viewerId }: { meeting: MeetingDetailDto; viewerId: string | null }) {
  const { run, pending, problem } = useRun()
  const { quorum } = meeting
  const me = meeting.attendees.find(({ personId }) => personId === viewerId)
  const text = `${quorum.present} of ${quorum.members} present, ${quorum.needed} needed`
  return (
    <section
      aria-label="Quorum"
      className="sticky top-(--header-height) z-2 -mx-4 flex flex-wrap items-center justify-between gap-3 border-line border-b bg-surface px-4 py-2.5 md:-mx-7 md:px-7"
    >
      <Badge tone={quorum.met ? 'ok' : 'bad'}>{quorum.met ? `Quorum: ${text}` : `No quorum: ${text}`}</Badge>
      {me ? (
        <Button
          variant={me.present ? 'secondary' : 'primary'}
          loading={pending}
          onClick={() => run(() => attendMeetingAction({ id: meeting.id, present: !me.present }))}
        >
          {me.present ? 'I leave' : 'I am here'}
        </Button>
      ) : null}
      <Problem text={problem} />
    </section>
  )
}

/** Everybody on the board; while the meeting is in session who is there, recorded by who runs it. */
export function Attendance({ meeting }: { meeting: MeetingDetailDto }) {
  const { run, pending, problem } = useRun()
  const { quorum, attendees, state, may } = meeting
  const live = state === 'in_session'
  const attend = (present: boolean, personId: string) =>
    run(() => attendMeetingAction({ id: meeting.id, present, personId }))
  return (
    <Section title={live ? 'Who is present' : 'Members'} actions={`${quorum.needed} make a quorum`}>
      <ul className="text-sm">
        {attendees.map(each => (
          <li key={each.personId} className="flex min-h-11 items-center gap-3 border-line border-b py-1.5">
            <div className="min-w-0 flex-1">
              <p>{each.name}</p>
              <p className="text-muted text-xs">
                {ROLE_WORDS[each.role]}
                {each.votes ? '' : ', without a vote'}
                {stayText(each, meeting.timeZone)}
              </p>
            </div>
            {live && may.manage ? (
              <Switch
                checked={each.present}
                disabled={pending}
                onCheckedChange={present => attend(present, each.personId)}
                aria-label={`${each.name} is present`}
              />
            ) : live ? (
              <Badge tone={each.present ? 'ok' : 'neutral'}>{each.present ? 'Present' : 'Absent'}</Badge>
            ) : null}
          </li>
        ))}
      </ul>
      <Problem text={problem} />
    </Section>
  )
}

function stayText({ stays }: AttendeeDto, timeZone: string): string {
  if (stays.length === 0) return ''
  const texts = stays.map(({ arrivedAt, leftAt }) => {
    return leftAt
      ? `${clock(arrivedAt, timeZone)} to ${clock(leftAt, timeZone)}`
      : `since ${clock(arrivedAt, timeZone)}`
  })
  return ` · ${texts.join(', ')}`
}
