'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { archiveRateLimitAction, updateRateLimitAction } from '#lib/rate-limits/actions.ts'

type Props = { id: string; name: string }

/** Changes the limit; gateways go on counting from where they are. */
export function ChangeRateLimit({ id, name, limit: before, unit }: Props & { limit: number; unit: string }) {
  const [open, setOpen] = useState(false)
  const [limit, setLimit] = useState(String(before))
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function submit() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await updateRateLimitAction({ id, limit: Number(limit.replaceAll(',', '').trim()), reason })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      toast.success('The limit is changed')
      router.refresh()
    })
  }

  return (
    <Dialog
      title={`Change the limit of ${name}`}
      description="Every gateway keeps to it within a second. What is counted already goes on counting."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Change limit</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={submit}>
            Change limit
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Limit" help={unit}>
          <Input inputMode="numeric" value={limit} onValueChange={setLimit} />
        </Field>
        <Field label="Reason" help="Stands in the history of the rate limit.">
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

export function ArchiveRateLimit({ id, name }: Props) {
  const router = useRouter()
  async function archive() {
    const result = await archiveRateLimitAction({ id })
    if (!result.ok) return result.error.message
    router.refresh()
  }
  return (
    <ConfirmDialog
      title={`Archive ${name}?`}
      description="It limits nothing from then on. Its history stays."
      action="Archive"
      typed={name}
      onConfirm={archive}
      trigger={<Button variant="ghost">Archive</Button>}
    />
  )
}
