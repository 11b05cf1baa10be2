'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import {
  approveMinutesAction,
  circulateMinutesAction,
  commentOnMinutesAction,
  editMinutesAction,
} from '#lib/board/actions.ts'
import type { MeetingDetailDto } from '#lib/board/dto.ts'
import { Problem } from '../../_components/problem.tsx'
import { useRun } from '../../_components/use-run.ts'

/** What one can do with minutes: edit and circulate, comment, approve, print. */
export function MinutesActions({ meeting, viewerId }: { meeting: MeetingDetailDto; viewerId: string | null }) {
  const { run, pending, problem } = useRun()
  const { id, minutes, attendees, may } = meeting
  const me = attendees.find(({ personId }) => personId === viewerId)
  const open = minutes.state === 'draft' || minutes.state === 'circulated'
  const approves =
    minutes.state === 'circulated' &&
    me !== undefined &&
    me.votes &&
    me.stays.length > 0 &&
    !minutes.approvals.some(({ personId }) => personId === viewerId)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {approves ? (
          <Button
            variant="primary"
            loading={pending}
            onClick={() => run(() => approveMinutesAction({ id, digest: minutes.digest }))}
          >
            Approve the minutes
          </Button>
        ) : null}
        {may.manage && minutes.state === 'draft' ? (
          <Button variant="primary" loading={pending} onClick={() => run(() => circulateMinutesAction({ id }))}>
            Circulate
          </Button>
        ) : null}
        {may.manage && open ? <EditMinutes id={id} text={minutes.text} /> : null}
        {me && open ? <CommentOnMinutes id={id} /> : null}
        <Button variant="ghost" onClick={() => window.print()}>
          Print
        </Button>
      </div>
      <Problem text={problem} />
    </div>
  )
}

function EditMinutes({ id, text }: { id: string; text: string }) {
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState(text)
  const { run, pending, problem } = useRun()
  const save = () =>
    run(
      () => editMinutesAction({ id, text: words }),
      () => setOpen(false),
    )
  return (
    <Dialog
      title="Edit the minutes"
      description="Markdown. Minutes that were circulated are a draft again, and approvals of the old text count no more."
      className="max-w-3xl"
      open={open}
      onOpenChange={next => {
        if (next) setWords(text)
        setOpen(next)
      }}
      trigger={<Button>Edit</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Text">
          <Textarea
            rows={20}
            maxLength={100_000}
            className="max-h-[55vh] overflow-y-auto font-mono text-xs"
            value={words}
            onChange={event => setWords(event.target.value)}
          />
        </Field>
        <Problem text={problem} />
      </div>
    </Dialog>
  )
}

function CommentOnMinutes({ id }: { id: string }) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const { run, pending, problem } = useRun()
  const send = () =>
    run(
      () => commentOnMinutesAction({ id, text }),
      () => {
        setText('')
        setOpen(false)
      },
    )
  return (
    <Dialog
      title="Comment on the minutes"
      description="Everybody who sat on the board at the meeting reads it."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>Comment</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={send}>
            Send
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Comment">
          <Textarea rows={3} maxLength={1_000} value={text} onChange={event => setText(event.target.value)} />
        </Field>
        <Problem text={problem} />
      </div>
    </Dialog>
  )
}
