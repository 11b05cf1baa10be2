'use client'

import { useRouter } from 'next/navigation'
import { type ReactElement, type ReactNode, useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { toast } from '#components/ui/toast.tsx'

type Result = { ok: true } | { ok: false; error: { message: string } }

type Props = {
  title: string
  description: string
  action: string
  done: string
  trigger: ReactElement
  /** Label of the reason; the action gets its text. */
  reason?: string
  reasonNeeded?: boolean
  run: (reason: string) => Promise<Result>
  children?: ReactNode
}

/** A dialog about one policy: its fields, a reason that stands in the history, and one action. */
export function PolicyDialog({ reason: label = 'Reason', reasonNeeded = false, ...props }: Props) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function act() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await props.run(reason)
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      setReason('')
      toast.success(props.done)
      router.refresh()
    })
  }

  return (
    <Dialog
      title={props.title}
      description={props.description}
      open={open}
      onOpenChange={setOpen}
      trigger={props.trigger}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} disabled={reasonNeeded && reason.trim() === ''} onClick={act}>
            {props.action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {props.children}
        <Field label={label} optional={!reasonNeeded} help="Stands in the history of the policy.">
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
