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
import { archiveBudgetAction, requestIncreaseAction, updateBudgetAction } from '#lib/budgets/actions.ts'

type Props = { id: string; name: string; limitUsd: string }

/** Changes the limit at once, for who manages budgets. */
export function ChangeLimit(props: Props) {
  return (
    <LimitDialog
      {...props}
      title={`Change the limit of ${props.name}`}
      description="Every gateway keeps to it within a second. Thresholds that are shares of it move with it."
      action="Change limit"
      done="The limit is changed"
      variant="primary"
      save={updateBudgetAction}
    />
  )
}

/** Asks for a higher limit; somebody who manages budgets decides. */
export function RequestIncrease(props: Props) {
  return (
    <LimitDialog
      {...props}
      title={`Ask for more for ${props.name}`}
      description="Finance decides. The limit stays as it is until then."
      action="Request increase"
      done="Your request waits for Finance"
      variant="secondary"
      save={requestIncreaseAction}
    />
  )
}

export function ArchiveBudget({ id, name }: Props) {
  const router = useRouter()
  async function archive() {
    const result = await archiveBudgetAction({ id })
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

type Save = (input: unknown) => Promise<{ ok: true } | { ok: false; error: { message: string } }>

function LimitDialog({
  id,
  limitUsd,
  title,
  description,
  action,
  done,
  variant,
  save,
}: Props & {
  title: string
  description: string
  action: string
  done: string
  variant: 'primary' | 'secondary'
  save: Save
}) {
  const [open, setOpen] = useState(false)
  const [limit, setLimit] = useState(limitUsd)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function submit() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await save({ id, limitUsd: limit.replaceAll(',', '').trim(), reason })
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
      trigger={<Button variant={variant}>{action}</Button>}
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
        <Field label="Limit">
          <Input prefix="USD" inputMode="decimal" value={limit} onValueChange={setLimit} />
        </Field>
        <Field label="Reason" help="Stands in the history of the budget.">
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
