'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { reviewWorkloadAction } from '#lib/workloads/actions.ts'

/** Records that somebody looked at a workload; the next review is due half a year later. */
export function ReviewWorkload({ id, name }: { id: string; name: string }) {
  const [open, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const [error, setError] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const save = () =>
    startTransition(async () => {
      const result = await reviewWorkloadAction({ id, note })
      if (!result.ok) return setError(result.error.message)
      setOpen(false)
      setNote('')
      router.refresh()
    })
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={`Review ${name}`}
      description="No workload runs without review. The next one is due in 180 days."
      trigger={<Button>Record a review</Button>}
      footer={
        <Button variant="primary" loading={pending} onClick={save}>
          Record it
        </Button>
      }
    >
      <Field label="What you looked at and found" error={error}>
        <Textarea rows={4} value={note} onChange={event => setNote(event.target.value)} />
      </Field>
    </Dialog>
  )
}
