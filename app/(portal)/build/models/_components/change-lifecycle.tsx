'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { changeModelLifecycleAction } from '#lib/models/actions.ts'
import { LateSelect } from '../../_components/late-controls.tsx'
import { LIFECYCLE_CHOICES, LIFECYCLES, type Lifecycle } from './lifecycle.tsx'

/** Moves a model to another stage, with the reason that the audit log keeps. */
export function ChangeLifecycle({ id, name, lifecycle }: { id: string; name: string; lifecycle: Lifecycle }) {
  const [open, setOpen] = useState(false)
  const [next, setNext] = useState(lifecycle)
  const [reason, setReason] = useState('')
  const [sunset, setSunset] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function change() {
    setProblem(undefined)
    startTransition(async () => {
      const sunsetAt = next === 'deprecated' && sunset ? `${sunset}T00:00:00.000Z` : null
      const result = await changeModelLifecycleAction({ id, lifecycle: next, reason, sunsetAt })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      setReason('')
      toast.success(`${name} is ${LIFECYCLES[next].label.toLowerCase()}`, { description: LIFECYCLES[next].effect })
      router.refresh()
    })
  }

  return (
    <Dialog
      title={`Change the lifecycle of ${name}`}
      description="In force on every gateway within a second."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>Change lifecycle</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button
            variant={next === 'blocked' ? 'destructive' : 'primary'}
            loading={pending}
            disabled={reason.trim() === '' || next === lifecycle}
            onClick={change}
          >
            Change
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Lifecycle" nativeLabel={false} help={LIFECYCLES[next].effect}>
          <LateSelect items={LIFECYCLE_CHOICES} value={next} onValueChange={value => setNext(value as Lifecycle)} />
        </Field>
        {next === 'deprecated' ? (
          <Field label="Sunset" optional help="From the beginning of this day (UTC) calls are refused.">
            <Input type="date" value={sunset} onValueChange={setSunset} />
          </Field>
        ) : null}
        <Field label="Reason" help="For those who read this later. Stands in the audit log.">
          <Textarea rows={3} value={reason} onChange={event => setReason(event.target.value)} maxLength={1000} />
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
