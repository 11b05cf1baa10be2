'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { ExemptionPolicy } from '#core/exemptions/exemption-policy.ts'
import { setExemptionPolicyAction } from '#lib/exemptions/actions.ts'
import { KIND_LABELS, KINDS } from './exemption-words.ts'

/** How long exemptions may last: in force for what is asked for from then on. */
export function ExemptionPolicyDialog({ policy }: { policy: ExemptionPolicy }) {
  const [open, setOpen] = useState(false)
  const [days, setDays] = useState(() => textsOf(policy))
  const [extensions, setExtensions] = useState(String(policy.maxExtensions))
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function submit() {
    setProblem(undefined)
    startTransition(async () => {
      const maxDays = Object.fromEntries(Object.entries(days).map(([kind, text]) => [kind, Number(text)]))
      const result = await setExemptionPolicyAction({ policy: { maxDays, maxExtensions: Number(extensions) }, reason })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      router.refresh()
    })
  }

  return (
    <Dialog
      title="How long may exemptions last?"
      description="Holds for what is asked for from now on. Those in force keep their end."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>Time limits</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={submit}>
            Set limits
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-4">
          {KINDS.map(kind => (
            <Field key={kind} label={`${KIND_LABELS[kind]}, most days`}>
              <Input
                inputMode="numeric"
                value={days[kind]}
                onValueChange={text => setDays({ ...days, [kind]: text })}
              />
            </Field>
          ))}
          <Field label="Extensions">
            <Input inputMode="numeric" value={extensions} onValueChange={setExtensions} />
          </Field>
        </div>
        <Field label="Reason" help="Stands in the audit log.">
          <Input maxLength={500} value={reason} onValueChange={setReason} />
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

function textsOf({ maxDays }: ExemptionPolicy) {
  const { model, tier, cost, guardrail, tool_policy } = maxDays
  return {
    model: `${model}`,
    tier: `${tier}`,
    cost: `${cost}`,
    guardrail: `${guardrail}`,
    tool_policy: `${tool_policy}`,
  }
}
