'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { addItemAction } from '#lib/board/actions.ts'
import { Problem } from '../../_components/problem.tsx'
import { useRun } from '../../_components/use-run.ts'

const EMPTY = { title: '', background: '', motion: '', options: '' }

/** Puts a proposal onto the agenda by hand. */
export function AddItem({ meetingId }: { meetingId: string }) {
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState(EMPTY)
  const { run, pending, problem } = useRun()
  const set = (change: Partial<typeof EMPTY>) => setWords(before => ({ ...before, ...change }))
  const options = words.options
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
  const add = () =>
    run(
      () => addItemAction({ id: meetingId, ...words, options }),
      () => {
        setWords(EMPTY)
        setOpen(false)
      },
    )
  return (
    <Dialog
      title="Add a proposal"
      description="Requests, reviews and action items come onto the agenda by themselves."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button size="sm">Add a proposal</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={add}>
            Add to the agenda
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Title">
          <Input maxLength={160} value={words.title} onValueChange={title => set({ title })} />
        </Field>
        <Field label="Background" optional help="What a member needs to know before they vote.">
          <Textarea
            rows={3}
            maxLength={10_000}
            value={words.background}
            onChange={event => set({ background: event.target.value })}
          />
        </Field>
        <Field label="Question to vote on" optional help="Made of the title when left empty.">
          <Input maxLength={500} value={words.motion} onValueChange={motion => set({ motion })} />
        </Field>
        <Field label="Options considered" optional help="One a line; kept with the decision.">
          <Textarea rows={2} value={words.options} onChange={event => set({ options: event.target.value })} />
        </Field>
        <Problem text={problem} />
      </div>
    </Dialog>
  )
}
