'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { toast } from '#components/ui/toast.tsx'

/** Null when it went well, otherwise what is wrong. */
export type Submit = (reason: string) => Promise<string | null>

/** Asks for one text and does something with it; `children` are further fields. */
export function ReasonDialog(props: {
  title: string
  description: string
  action: string
  label: string
  help: string
  done: string
  variant?: 'primary' | 'secondary' | 'ghost'
  children?: ReactNode
  submit: Submit
}) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function submit() {
    startTransition(async () => {
      const wrong = await props.submit(reason)
      setProblem(wrong)
      if (wrong !== null) return
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
      trigger={<Button variant={props.variant ?? 'secondary'}>{props.action}</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={submit}>
            {props.action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {props.children}
        <Field label={props.label} help={props.help}>
          <Textarea rows={3} maxLength={1_000} value={reason} onChange={event => setReason(event.target.value)} />
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
