'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Combobox, MultiCombobox } from '#components/ui/combobox.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { delegateApprovalsAction } from '#lib/approvals/actions.ts'

type Choice = { value: string; label: string; hint?: string }
const EMPTY = { fromId: '', toId: '', kinds: [] as string[], from: '', until: '', reason: '' }

/** Lets somebody decide in one's place until a day; administrators also for others. */
export function DelegateForm({
  viewerId,
  people,
  kinds,
  forOthers,
}: {
  viewerId: string
  people: Choice[]
  kinds: Choice[]
  forOthers: boolean
}) {
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState(EMPTY)
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const set = (change: Partial<typeof EMPTY>) => setValues(before => ({ ...before, ...change }))
  const fromId = values.fromId || viewerId

  function save() {
    setProblem(undefined)
    if (values.toId === '' || values.until === '') return setProblem('Say who stands in, and until which day.')
    startTransition(async () => {
      const result = await delegateApprovalsAction({
        ...(fromId === viewerId ? {} : { fromId }),
        toId: values.toId,
        kinds: values.kinds,
        ...(values.from ? { startsAt: `${values.from}T00:00:00Z` } : {}),
        endsAt: `${values.until}T23:59:59Z`,
        reason: values.reason,
      })
      if (!result.ok) return setProblem(result.error.message)
      setValues(EMPTY)
      setOpen(false)
      router.refresh()
    })
  }

  return (
    <Dialog
      title="Let somebody decide in your place"
      description="They are told of what waits, and decide it under their own name, for you."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Delegate</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={save}>
            Delegate
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {forOthers ? (
          <Field label="Whose decisions" nativeLabel={false}>
            <Combobox items={people} value={fromId} onValueChange={id => set({ fromId: id ?? '' })} />
          </Field>
        ) : null}
        <Field label="Who stands in" nativeLabel={false}>
          <Combobox
            items={people.filter(({ value }) => value !== fromId)}
            value={values.toId || null}
            onValueChange={toId => set({ toId: toId ?? '' })}
          />
        </Field>
        <Field label="For" nativeLabel={false} optional help="Nothing chosen: everything.">
          <MultiCombobox items={kinds} value={values.kinds} onValueChange={chosen => set({ kinds: chosen })} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="From" optional help="Without a day: from now on.">
            <Input type="date" value={values.from} onValueChange={from => set({ from })} />
          </Field>
          <Field label="Until the end of" help="In UTC, at most 180 days.">
            <Input type="date" value={values.until} onValueChange={until => set({ until })} />
          </Field>
        </div>
        <Field label="Reason" optional>
          <Input maxLength={1_000} value={values.reason} onValueChange={reason => set({ reason })} />
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
