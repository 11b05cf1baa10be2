'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { requestSignOffAction } from '#lib/own-models/actions.ts'

/** Asks the review board that a version may answer production. */
export function AskForSignOff({ id, label }: { id: string; label: string }) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function ask() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await requestSignOffAction({ id, reason })
      if (!result.ok) return setProblem(result.error.message)
      router.push(`/approvals/${result.data.approvalId}`)
    })
  }

  return (
    <Dialog
      title={`Have ${label} signed off`}
      description="The review board decides. With its approval this version answers every key, in place of the one before."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button size="sm">Ask for sign-off</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} disabled={reason.trim() === ''} onClick={ask}>
            Ask
          </Button>
        </>
      }
    >
      <Field label="What speaks for it" help="Evaluations, tests, who looked at it.">
        <Textarea rows={3} maxLength={1000} value={reason} onChange={event => setReason(event.target.value)} />
      </Field>
      {problem ? (
        <Callout tone="bad" live>
          {problem}
        </Callout>
      ) : null}
    </Dialog>
  )
}
