'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field, FieldRow } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { requestTransitionAction } from '#lib/workloads/actions.ts'
import type { TransitionDto, WorkloadDto } from '#lib/workloads/schema.ts'

/** Asks those who decide for a workload to go on. */
export function AskForTransition({ workload, transition }: { workload: WorkloadDto; transition: TransitionDto }) {
  const { to, criteria, effect } = transition
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState({ reason: '', sunset: '', migrationPlan: workload.migrationPlan })
  const [waive, setWaive] = useState<string[]>([])
  const [error, setError] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const set = (change: Partial<typeof values>) => setValues(before => ({ ...before, ...change }))
  const waivable = criteria.filter(({ state, waivable: may }) => state !== 'met' && may)
  const ask = () =>
    startTransition(async () => {
      const { reason, sunset, migrationPlan } = values
      const end = to === 'deprecated' ? { sunsetAt: sunset ? `${sunset}T00:00:00Z` : null, migrationPlan } : {}
      const result = await requestTransitionAction({ id: workload.id, to, reason, waive, ...end })
      if (!result.ok) return setError(result.error.message)
      setOpen(false)
      router.push(`/approvals/${result.data.approvalId}`)
    })
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={`Ask for ${workload.name} to go to ${to}`}
      description={effect}
      trigger={<Button size="sm">{`Ask for ${to}`}</Button>}
      footer={
        <Button variant="primary" loading={pending} onClick={ask}>
          Ask for approval
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {to === 'deprecated' ? (
          <>
            <Field label="Ends on" help="From this day on, UTC, its calls are refused.">
              <Input type="date" value={values.sunset} onValueChange={sunset => set({ sunset })} />
            </Field>
            <Field label="Where its callers go" help="Shown on its page until it ends.">
              <Textarea
                rows={3}
                value={values.migrationPlan}
                onChange={event => set({ migrationPlan: event.target.value })}
              />
            </Field>
          </>
        ) : null}
        {waivable.map(({ id, title, detail }) => (
          <FieldRow key={id} label={`Let go of: ${title}`} help={`${detail} Who approves says why.`}>
            <Checkbox
              checked={waive.includes(id)}
              onCheckedChange={on => setWaive(on ? [...waive, id] : waive.filter(one => one !== id))}
            />
          </FieldRow>
        ))}
        <Field label="Why" help="For whoever decides.">
          <Textarea rows={3} value={values.reason} onChange={event => set({ reason: event.target.value })} />
        </Field>
        {error ? (
          <Callout tone="bad" live>
            {error}
          </Callout>
        ) : null}
      </div>
    </Dialog>
  )
}
