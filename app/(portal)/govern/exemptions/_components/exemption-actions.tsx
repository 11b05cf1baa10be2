'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { attestConditionAction, extendExemptionAction, revokeExemptionAction } from '#lib/exemptions/actions.ts'

/** Ends an exemption before its time. */
export function RevokeExemption({ id, title }: { id: string; title: string }) {
  return (
    <ReasonDialog
      title={`Revoke ${title}?`}
      description="Within a second every gateway refuses the calls that need it. It cannot be put in force again."
      action="Revoke"
      label="Reason"
      done="The exemption is revoked"
      danger
      save={reason => revokeExemptionAction({ id, reason })}
    />
  )
}

/** Asks for more time; somebody else decides. */
export function ExtendExemption({ id, title, endsAt }: { id: string; title: string; endsAt: string }) {
  const [day, setDay] = useState(endsAt.slice(0, 10))
  return (
    <ReasonDialog
      title={`More time for ${title}`}
      description="It ends as it was to until somebody else approves."
      action="Ask for more time"
      label="Reason"
      done="Your request waits for a decision"
      save={reason => extendExemptionAction({ id, endsAt: `${day}T23:59:59Z`, reason })}
    >
      <Field label="Until the end of" help="In UTC.">
        <Input type="date" value={day} onValueChange={setDay} />
      </Field>
    </ReasonDialog>
  )
}

/** Vouches for a condition in one's own name. */
export function AttestCondition({ id, attestationId, text }: { id: string; attestationId: string; text: string }) {
  return (
    <ReasonDialog
      title="Vouch for this condition"
      description={text}
      action="Vouch"
      label="How do you know that it holds?"
      done="Your word is recorded"
      save={note => attestConditionAction({ id, attestationId, note })}
    />
  )
}

type Save = (reason: string) => Promise<{ ok: true } | { ok: false; error: { message: string } }>

function ReasonDialog({
  title,
  description,
  action,
  label,
  done,
  danger = false,
  save,
  children,
}: {
  title: string
  description: string
  action: string
  label: string
  done: string
  danger?: boolean
  save: Save
  children?: ReactNode
}) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function submit() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await save(reason)
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
      trigger={<Button variant={danger ? 'danger' : 'secondary'}>{action}</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant={danger ? 'destructive' : 'primary'} loading={pending} onClick={submit}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {children}
        <Field label={label}>
          <Textarea rows={2} maxLength={500} value={reason} onChange={event => setReason(event.target.value)} />
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
