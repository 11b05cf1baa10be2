'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { choicesOf } from '#components/form/choices.ts'
import { ReasonDialog } from '#components/reason-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { toast } from '#components/ui/toast.ts'
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
    <ReasonDialog
      title="It was reviewed"
      description="Its owner is told a week before the next review."
      action="Review"
      label="What you found"
      maxLength={300}
      done="The review is recorded"
      save={note => reviewRiskAction({ id, reviewAt: `${day}T12:00:00Z`, note })}
    >
      <Field label="Next review">
        <Input type="date" value={day} onValueChange={setDay} />
      </Field>
    </ReasonDialog>
  )
}

/** Asks the board or an executive to live with it. */
export function RequestAcceptance({ id }: { id: string }) {
  const [day, setDay] = useState(() => dayAhead(180))
  return (
    <ReasonDialog
      title="Ask to accept this risk"
      description="The board or an executive decides; its owner and you do not."
      action="Ask for acceptance"
      label="Why it is worth living with"
      maxLength={300}
      done="Your request waits for a decision"
      save={reason => requestAcceptanceAction({ id, until: `${day}T12:00:00Z`, reason })}
    >
      <Field label="Until">
        <Input type="date" value={day} onValueChange={setDay} />
      </Field>
    </ReasonDialog>
  )
}

export function CloseRisk({ id }: { id: string }) {
  return (
    <ReasonDialog
      title="Close this risk"
      description="It stays on record with its history."
      action="Close"
      label="Why it is none any more"
      maxLength={300}
      done="The risk is closed"
      save={reason => closeRiskAction({ id, reason })}
    />
  )
}

const KINDS = choicesOf(CONTROL_LABELS)

/** Names a record that makes the risk smaller. */
export function LinkControl({ id, choices }: { id: string; choices: ControlChoices }) {
  const [kind, setKind] = useState<ControlKind>('guardrail')
  const [recordId, setRecordId] = useState('')
  return (
    <ReasonDialog
      title="Link a control"
      description="When the record is archived, switched off or removed, the link shows as broken."
      action="Link a control"
      label="How it makes the risk smaller"
      maxLength={300}
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
    </ReasonDialog>
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
