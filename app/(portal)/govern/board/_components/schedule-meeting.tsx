'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { momentOf, wallClock } from '#core/board/cadence.ts'
import { parseDay } from '#core/budgets/local-day.ts'
import { scheduleMeetingAction } from '#lib/board/actions.ts'
import { Problem } from './problem.tsx'
import { useRun } from './use-run.ts'

/** Schedules a meeting: the next occasion of the cadence is filled in. */
export function ScheduleMeeting({ timeZone, nextOccasion }: { timeZone: string; nextOccasion: string }) {
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(wallClock(Date.parse(nextOccasion), timeZone))
  const [location, setLocation] = useState('')
  const { run, pending, problem } = useRun()
  const router = useRouter()
  const schedule = () =>
    run(
      () => scheduleMeetingAction({ startsAt: instantOf(at, timeZone), timeZone, location }),
      ({ data }) => router.push(`/govern/board/meetings/${data.id}`),
    )
  return (
    <Dialog
      title="Schedule a meeting"
      description="Its agenda begins with what waits for the board. Every member is told."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>Schedule a meeting</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={schedule}>
            Schedule
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="When" help={`As the clocks show it in ${timeZone}. The charter’s next occasion is filled in.`}>
          <Input type="datetime-local" required value={at} onValueChange={setAt} />
        </Field>
        <Field label="Where" optional help="A room, or the address of a call.">
          <Input maxLength={300} value={location} onValueChange={setLocation} />
        </Field>
        <Problem text={problem} />
      </div>
    </Dialog>
  )
}

/** The moment at which the clocks of a zone show `YYYY-MM-DDTHH:MM`; what is not one is left for the portal to refuse. */
export function instantOf(local: string, timeZone: string): string {
  const [day = '', time = ''] = local.split('T')
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^\d\d:\d\d/.test(time)) return local
  return new Date(momentOf(parseDay(day), time.slice(0, 5), timeZone)).toISOString()
}
