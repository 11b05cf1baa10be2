'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { choicesOf } from '#components/form/choices.ts'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { MultiCombobox } from '#components/ui/combobox.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field, FieldRow } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { updateDrillPlanAction } from '#lib/failover-drills/actions.ts'
import type { DrillInterval, DrillPlanDto } from '#lib/failover-drills/schema.ts'
import { INTERVALS } from './drill-words.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00 UTC`,
}))

type Props = {
  plan: DrillPlanDto
  models: readonly { value: string; label: string; hint?: string; disabled?: boolean }[]
}

/** Changes when drills come round by themselves and how they are judged. */
export function EditPlan({ plan, models }: Props) {
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState({ ...plan, bound: String(plan.boundSeconds) })
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const set = (change: Partial<typeof values>) => setValues(before => ({ ...before, ...change }))

  function save() {
    setProblem(undefined)
    const { enabled, every, hour, modelIds, bound } = values
    const seconds = Number(bound.replace(',', '.'))
    startTransition(async () => {
      const boundSeconds = Number.isNaN(seconds) ? bound : seconds
      const result = await updateDrillPlanAction({ enabled, every, hour, modelIds, boundSeconds })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      router.refresh()
    })
  }

  return (
    <Dialog
      title="Plan failover drills"
      description="The worker runs them one after the other, each model once."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button size="sm">Change plan</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={save}>
            Save plan
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <FieldRow label="Drills come round by themselves">
          <Checkbox checked={values.enabled} onCheckedChange={enabled => set({ enabled })} />
        </FieldRow>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="When" nativeLabel={false}>
            <Select
              aria-label="When"
              items={choicesOf(INTERVALS)}
              value={values.every}
              onValueChange={every => set({ every: every as DrillInterval })}
            />
          </Field>
          <Field label="At" nativeLabel={false}>
            <Select
              aria-label="At"
              items={HOURS}
              value={String(values.hour)}
              onValueChange={hour => set({ hour: Number(hour) })}
            />
          </Field>
        </div>
        <Field label="Models" optional nativeLabel={false} help="Empty: every one with an equivalent for an outage.">
          <MultiCombobox
            aria-label="Models"
            items={models}
            value={values.modelIds}
            onValueChange={modelIds => set({ modelIds })}
          />
        </Field>
        <Field label="Answered again within" help="A drill fails, and people are told, when it takes longer.">
          <Input suffix="s" inputMode="decimal" value={values.bound} onValueChange={bound => set({ bound })} />
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
