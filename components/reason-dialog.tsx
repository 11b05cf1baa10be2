'use client'

import { useRouter } from 'next/navigation'
import { lazy, type ReactElement, type ReactNode, useState, useTransition } from 'react'
import { Button, type ButtonProps } from './ui/button.tsx'
import { Callout } from './ui/callout.tsx'
import { Dialog, DialogClose } from './ui/dialog.tsx'
import { toast } from './ui/toast.ts'

const ReasonField = lazy(() => import('./reason-field.tsx'))

type Result = { ok: true } | { ok: false; error: { message: string } }

export type ReasonDialogProps = {
  title: string
  /** What will happen, where and how fast. */
  description: string
  /** The verb on the button that does it, and on the one that opens the dialog unless `trigger` is given. */
  action: string
  trigger?: ReactElement
  variant?: ButtonProps['variant']
  danger?: boolean
  /** What the text is: "Reason". */
  label?: string
  help?: string
  optional?: boolean
  /** The button waits for the text. */
  needed?: boolean
  rows?: number
  maxLength?: number
  /** Said when it went well. */
  done: string
  /** Further fields, above the text. */
  children?: ReactNode
  save: (reason: string) => Promise<Result>
}

/** Asks for a text that stands in a history, and for what else an action needs; then does it and shows the page anew. */
export function ReasonDialog({ danger = false, variant, needed = false, ...props }: ReasonDialogProps) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function submit() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await props.save(reason)
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      setReason('')
      toast.success(props.done)
      router.refresh()
    })
  }

  const trigger = props.trigger ?? (
    <Button variant={variant ?? (danger ? 'danger' : 'secondary')}>{props.action}</Button>
  )
  const waits = needed && reason.trim() === ''
  return (
    <Dialog
      title={props.title}
      description={props.description}
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant={danger ? 'destructive' : 'primary'} loading={pending} disabled={waits} onClick={submit}>
            {props.action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {props.children}
        <ReasonField
          label={props.label}
          help={props.help}
          optional={props.optional}
          rows={props.rows}
          maxLength={props.maxLength}
          first={!props.children}
          value={reason}
          onValueChange={setReason}
        />
        {problem ? (
          <Callout tone="bad" live>
            {problem}
          </Callout>
        ) : null}
      </div>
    </Dialog>
  )
}
