'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { DialogClose } from '#components/ui/dialog.tsx'
import { Field, FieldRow } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Switch } from '#components/ui/switch.tsx'
import type { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { setPolicyAction } from '#lib/approvals/actions.ts'
import { EMPTY_STEP, fromPolicy, type PolicyText, type StepText, toPolicy } from './policy-text.ts'
import { StepFields } from './step-fields.tsx'

const MOST_STEPS = 5

/** Changes how a kind is decided from now on, in a sheet: its steps, when it expires, and why. */
export function EditPolicy({
  kind,
  title,
  policy,
  directWay,
  people,
}: {
  kind: string
  title: string
  policy: ApprovalPolicy
  /** Who may do it without a request while the policy leaves that way; null: nobody ever. */
  directWay: string | null
  people: { value: string; label: string; hint?: string }[]
}) {
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState<PolicyText>(() => fromPolicy(policy))
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const { steps } = values
  const setStep = (at: number, change: Partial<StepText>) =>
    setValues(before => ({
      ...before,
      steps: before.steps.with(at, { ...(before.steps[at] ?? EMPTY_STEP), ...change }),
    }))

  function save() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await setPolicyAction({ kind, policy: toPolicy(values), reason: values.reason })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      router.refresh()
    })
  }

  return (
    <Sheet
      title={`Change how it is decided: ${title}`}
      description="Holds for requests made from then on. Those that wait keep how they were to be decided."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Change</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={save}>
            Keep as a new version
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        {steps.map((step, at) => (
          <StepFields
            key={step.key}
            number={at + 1}
            step={step}
            people={people}
            onChange={change => setStep(at, change)}
            onRemove={
              steps.length > 1 ? () => setValues(before => ({ ...before, steps: before.steps.toSpliced(at, 1) })) : null
            }
          />
        ))}
        {steps.length < MOST_STEPS ? (
          <Button
            className="self-start"
            onClick={() =>
              setValues(before => ({
                ...before,
                steps: [...before.steps, { ...EMPTY_STEP, key: crypto.randomUUID() }],
              }))
            }
          >
            <Plus aria-hidden />
            Add a step after it
          </Button>
        ) : null}
        <Field label="Expires after, hours" help="A request that nobody decides by then is a no.">
          <Input
            inputMode="numeric"
            value={values.expiresAfterHours}
            onValueChange={expiresAfterHours => setValues(before => ({ ...before, expiresAfterHours }))}
          />
        </Field>
        {directWay === null ? null : (
          <FieldRow label="Leave the direct way" help={directWay}>
            <Switch checked={values.direct} onCheckedChange={direct => setValues(before => ({ ...before, direct }))} />
          </FieldRow>
        )}
        <Field label="Reason" help="Stands in the history and in the audit log.">
          <Input
            maxLength={1_000}
            value={values.reason}
            onValueChange={reason => setValues(before => ({ ...before, reason }))}
          />
        </Field>
        {problem ? (
          <Callout tone="bad" live title="Nothing was changed">
            {problem}
          </Callout>
        ) : null}
      </div>
    </Sheet>
  )
}
