'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { closeActionItemAction } from '#lib/board/actions.ts'
import { Problem } from './problem.tsx'
import { useRun } from './use-run.ts'

/** Says what shows that an item is done. */
export function CloseActionItem({ id, text, mayCancel }: { id: string; text: string; mayCancel: boolean }) {
  const [open, setOpen] = useState(false)
  const [evidence, setEvidence] = useState('')
  const { run, pending, problem } = useRun()
  const close = (as: 'done' | 'cancelled') =>
    run(
      () => closeActionItemAction({ id, as, evidence }),
      () => setOpen(false),
    )
  return (
    <Dialog
      title={text}
      description="What shows that it is done is kept with the board’s record."
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" aria-label={`Close: ${text}`}>
          Close
        </Button>
      }
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          {mayCancel ? (
            <Button disabled={pending} onClick={() => close('cancelled')}>
              Not needed any more
            </Button>
          ) : null}
          <Button variant="primary" loading={pending} onClick={() => close('done')}>
            It is done
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Evidence" help="Where the result is, or why it is not needed.">
          <Textarea rows={3} maxLength={2_000} value={evidence} onChange={event => setEvidence(event.target.value)} />
        </Field>
        <Problem text={problem} />
      </div>
    </Dialog>
  )
}
