'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Combobox } from '#components/ui/combobox.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { toast } from '#components/ui/toast.tsx'
import {
  closeRiskAction,
  linkControlAction,
  requestAcceptanceAction,
  reviewRiskAction,
  unlinkControlAction,
} from '#lib/risks/actions.ts'
import type { ControlChoices } from '#lib/risks/queries.ts'
import type { ControlKind } from '#lib/risks/schema.ts'
import { CONTROL_LABELS } from './risk-words.ts'

const DAY_MS = 86_400_000
const dayAhead = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

/** Says that the risk was looked at, and when it is again. */
export function ReviewRisk({ id }: { id: string }) {
  const [day, setDay] = useState(() => dayAhead(90))
  return (
    <NoteDialog
      title="It was reviewed"
      description="Its owner is told a week before the next review."
      action="Review"
      label="What you found"
      done="The review is recorded"
      save={note => reviewRiskAction({ id, reviewAt: `${day}T12:00:00Z`, note })}
    >
      <Field label="Next review">
        <Input type="date" value={day} onValueChange={setDay} />
      </Field>
    </NoteDialog>
  )
}

/** Asks the board or an executive to live with it. */
export function RequestAcceptance({ id }: { id: string }) {
  const [day, setDay] = useState(() => dayAhead(180))
  return (
    <NoteDialog
      title="Ask to accept this risk"
      description="The board or an executive decides; its owner and you do not."
      action="Ask for acceptance"
      label="Why it is worth living with"
      done="Your request waits for a decision"
      save={reason => requestAcceptanceAction({ id, until: `${day}T12:00:00Z`, reason })}
    >
      <Field label="Until">
        <Input type="date" value={day} onValueChange={setDay} />
      </Field>
    </NoteDialog>
  )
}

export function CloseRisk({ id }: { id: string }) {
  return (
    <NoteDialog
      title="Close this risk"
      description="It stays on record with its history."
      action="Close"
      label="Why it is none any more"
      done="The risk is closed"
      save={reason => closeRiskAction({ id, reason })}
    />
  )
}

const KINDS = Object.entries(CONTROL_LABELS).map(([value, label]) => ({ value, label }))

/** Names a record that makes the risk smaller. */
export function LinkControl({ id, choices }: { id: string; choices: ControlChoices }) {
  const [kind, setKind] = useState<ControlKind>('guardrail')
  const [recordId, setRecordId] = useState('')
  return (
    <NoteDialog
      title="Link a control"
      description="When the record is archived, switched off or removed, the link shows as broken."
      action="Link a control"
      label="How it makes the risk smaller"
      done="The control is linked"
      save={note => linkControlAction({ id, kind, recordId, note })}
    >
      <Field label="Kind" nativeLabel={false}>
        <Select
          items={KINDS}
          value={kind}
          onValueChange={next => {
            setKind(next as ControlKind)
            setRecordId('')
          }}
        />
      </Field>
      <Field label="Record" nativeLabel={false}>
        <Combobox items={choices[kind]} value={recordId} onValueChange={next => setRecordId(next ?? '')} />
      </Field>
    </NoteDialog>
  )
}

export function UnlinkControl({ id, controlId, name }: { id: string; controlId: string; name: string }) {
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  function unlink() {
    startTransition(async () => {
      const result = await unlinkControlAction({ id, controlId })
      if (!result.ok) toast.error(result.error.message)
      router.refresh()
    })
  }
  return (
    <Button size="sm" variant="ghost" loading={pending} onClick={unlink} aria-label={`Take ${name} away`}>
      Take away
    </Button>
  )
}

type Save = (note: string) => Promise<{ ok: true } | { ok: false; error: { message: string } }>

function NoteDialog({
  title,
  description,
  action,
  label,
  done,
  save,
  children,
}: {
  title: string
  description: string
  action: string
  label: string
  done: string
  save: Save
  children?: ReactNode
}) {
  const [open, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function submit() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await save(note)
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      toast.success(done)
      router.refresh()
    })
  }

  return (
    <Dialog
      title={title}
      description={description}
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>{action}</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={submit}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {children}
        <Field label={label}>
          <Textarea rows={2} maxLength={300} value={note} onChange={event => setNote(event.target.value)} />
        </Field>
        {problem ? (
          <Callout tone="bad" live>
            {problem}
          </Callout>
        ) : null}
      </div>
    </Dialog>
  )
}
