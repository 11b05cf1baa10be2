'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { wallClock } from '#core/board/cadence.ts'
import {
  buildAgendaAction,
  cancelMeetingAction,
  changeMeetingAction,
  closeMeetingAction,
  openMeetingAction,
} from '#lib/board/actions.ts'
import type { MeetingDto } from '#lib/board/dto.ts'
import { Problem } from '../../_components/problem.tsx'
import { instantOf } from '../../_components/schedule-meeting.tsx'
import { useRun } from '../../_components/use-run.ts'

/** What who runs the board can do with a meeting as a whole. */
export function MeetingActions({ meeting }: { meeting: MeetingDto }) {
  const { run, pending, problem } = useRun()
  const { id, state } = meeting
  if (state !== 'scheduled' && state !== 'in_session') return null
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {state === 'scheduled' ? (
          <Button variant="primary" loading={pending} onClick={() => run(() => openMeetingAction({ id }))}>
            Begin the meeting
          </Button>
        ) : (
          <Button loading={pending} onClick={() => run(() => closeMeetingAction({ id }))}>
            End the meeting
          </Button>
        )}
        <Button disabled={pending} onClick={() => run(() => buildAgendaAction({ id }))}>
          Add what waits
        </Button>
        {state === 'scheduled' ? <MoveMeeting meeting={meeting} /> : null}
        {state === 'scheduled' ? <CancelMeeting meeting={meeting} /> : null}
      </div>
      <Problem text={problem} />
    </div>
  )
}

function MoveMeeting({ meeting }: { meeting: MeetingDto }) {
  const { id, timeZone } = meeting
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(wallClock(Date.parse(meeting.startsAt), timeZone))
  const [location, setLocation] = useState(meeting.location)
  const { run, pending, problem } = useRun()
  const save = () =>
    run(
      () => changeMeetingAction({ id, startsAt: instantOf(at, timeZone), location }),
      () => setOpen(false),
    )
  return (
    <Dialog
      title={`Move ${meeting.title}`}
      description="Every member is told; calendars that follow the board move it."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="ghost">Move</Button>}
      footer={
        <>
          <DialogClose render={<Button>Back</Button>} />
          <Button variant="primary" loading={pending} onClick={save}>
            Move the meeting
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="When" help={`As the clocks show it in ${timeZone}.`}>
          <Input type="datetime-local" value={at} onValueChange={setAt} />
        </Field>
        <Field label="Where" optional>
          <Input maxLength={300} value={location} onValueChange={setLocation} />
        </Field>
        <Problem text={problem} />
      </div>
    </Dialog>
  )
}

function CancelMeeting({ meeting: { id, title } }: { meeting: MeetingDto }) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const { run, pending, problem } = useRun()
  const cancel = () =>
    run(
      () => cancelMeetingAction({ id, reason }),
      () => setOpen(false),
    )
  return (
    <Dialog
      title={`Cancel ${title}?`}
      description="Every member is told. What is on its agenda waits for the next meeting."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="ghost">Cancel it</Button>}
      footer={
        <>
          <DialogClose render={<Button>Back</Button>} />
          <Button variant="destructive" loading={pending} onClick={cancel}>
            Cancel the meeting
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Reason">
          <Textarea rows={2} maxLength={500} value={reason} onChange={event => setReason(event.target.value)} />
        </Field>
        <Problem text={problem} />
      </div>
    </Dialog>
  )
}
