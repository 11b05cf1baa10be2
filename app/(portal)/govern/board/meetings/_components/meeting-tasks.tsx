'use client'

import { useState } from 'react'
import { Section } from '#components/page/section.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { addActionItemAction } from '#lib/board/actions.ts'
import type { MeetingDetailDto } from '#lib/board/dto.ts'
import { ActionItemList } from '../../_components/action-item-list.tsx'
import { endOfDay } from '../../_components/days.ts'
import { Problem } from '../../_components/problem.tsx'
import { useRun } from '../../_components/use-run.ts'
import type { PersonChoice } from './agenda.tsx'

/** What somebody has to do because of the meeting. */
export function MeetingTasks({ meeting, people }: { meeting: MeetingDetailDto; people: readonly PersonChoice[] }) {
  const begun = meeting.state === 'in_session' || meeting.state === 'held'
  if (!begun) return null
  return (
    <Section
      title="Action items and conditions"
      actions={meeting.may.manage ? <AddTask meetingId={meeting.id} people={people} /> : null}
    >
      {meeting.actionItems.length === 0 ? <p className="text-muted text-sm">None from this meeting.</p> : null}
      <ActionItemList items={meeting.actionItems} closableBy={null} />
    </Section>
  )
}

function AddTask({ meetingId, people }: { meetingId: string; people: readonly PersonChoice[] }) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [ownerId, setOwnerId] = useState('')
  const [due, setDue] = useState('')
  const { run, pending, problem } = useRun()
  const add = () =>
    run(
      () => addActionItemAction({ meetingId, text, ownerId, dueAt: endOfDay(due) ?? '' }),
      () => {
        setText('')
        setOpen(false)
      },
    )
  return (
    <Dialog
      title="Add an action item"
      description="Its owner is told, and reminded before it is due."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button size="sm">Add an action item</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={add}>
            Add
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="What has to be done">
          <Input maxLength={300} value={text} onValueChange={setText} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Who does it" nativeLabel={false}>
            <Select items={people} value={ownerId || null} onValueChange={setOwnerId} />
          </Field>
          <Field label="Due">
            <Input type="date" value={due} onValueChange={setDue} />
          </Field>
        </div>
        <Problem text={problem} />
      </div>
    </Dialog>
  )
}
