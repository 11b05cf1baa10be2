'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { toast } from '#components/ui/toast.ts'
import type { OnlyFor } from '#core/catalog/only-for.ts'
import { type TermsOfUse, widenings } from '#core/catalog/terms-of-use.ts'
import { changeModelLifecycleAction, requestModelLifecycleAction } from '#lib/models/actions.ts'
import { LIFECYCLE_CHOICES, LIFECYCLES, type Lifecycle } from '../../../build/models/_components/lifecycle.tsx'
import { OnlyForFields } from './only-for-fields.tsx'
import { onlyForText, toOnlyFor } from './only-for-text.ts'

export type ModelTerms = { id: string; name: string; terms: TermsOfUse & { onlyFor: OnlyFor } }

/**
 * Changes what may be done with a model: at once when that narrows its use or the viewer may decide alone, else as a
 * request that others decide.
 */
export function ChangeTerms({
  model: { id, name, terms },
  teams,
  decidesAlone,
  initial = terms,
  label = 'Change its terms',
}: {
  model: ModelTerms
  teams: readonly { value: string; label: string }[]
  decidesAlone: boolean
  /** What the form begins with; the terms in force unless told. */
  initial?: ModelTerms['terms']
  label?: string
}) {
  const [open, setOpen] = useState(false)
  const [lifecycle, setLifecycle] = useState<Lifecycle>(initial.lifecycle)
  const [sunset, setSunset] = useState(initial.sunsetAt?.slice(0, 10) ?? '')
  const [onlyFor, setOnlyFor] = useState(onlyForText(initial.onlyFor))
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const sunsetAt = lifecycle === 'deprecated' && sunset ? `${sunset}T00:00:00.000Z` : null
  const next = { lifecycle, sunsetAt, tiers: terms.tiers, onlyFor: toOnlyFor(onlyFor) }
  const wider = widenings(terms, next)
  const asks = wider.length > 0 && !decidesAlone

  function change() {
    setProblem(undefined)
    startTransition(async () => {
      const input = { id, lifecycle, sunsetAt, onlyFor: next.onlyFor, reason }
      const result = asks ? await requestModelLifecycleAction(input) : await changeModelLifecycleAction(input)
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      setReason('')
      if (asks) toast.success('It waits for a decision', { description: 'The review board or an approver decides.' })
      else toast.success(`${name} is ${LIFECYCLES[lifecycle].label.toLowerCase()}`)
      router.refresh()
    })
  }

  return (
    <Sheet
      title={`What may be done with ${name}`}
      description="What narrows its use holds on every gateway within a second. What widens it may need a decision."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>{label}</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button
            variant={lifecycle === 'blocked' ? 'destructive' : 'primary'}
            loading={pending}
            disabled={reason.trim() === ''}
            onClick={change}
          >
            {asks ? 'Ask for approval' : 'Change'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Field label="Lifecycle" nativeLabel={false} help={LIFECYCLES[lifecycle].effect}>
          <Select
            aria-label="Lifecycle"
            items={LIFECYCLE_CHOICES}
            value={lifecycle}
            onValueChange={value => setLifecycle(value as Lifecycle)}
          />
        </Field>
        {lifecycle === 'deprecated' ? (
          <Field
            label="Sunset"
            optional
            help="From the beginning of this day (UTC) calls are refused. Its users are told."
          >
            <Input type="date" value={sunset} onValueChange={setSunset} />
          </Field>
        ) : null}
        <OnlyForFields value={onlyFor} onChange={setOnlyFor} teams={teams} />
        <Field label="Reason" help="For those who decide, and those who read this later.">
          <Textarea rows={3} value={reason} onChange={event => setReason(event.target.value)} maxLength={1000} />
        </Field>
        {asks ? (
          <Callout tone="info" title="Others decide this">
            {`It widens what may be done: ${new Intl.ListFormat('en').format(wider)}.`}
          </Callout>
        ) : null}
        {problem ? (
          <Callout tone="bad" live>
            {problem}
          </Callout>
        ) : null}
      </div>
    </Sheet>
  )
}
