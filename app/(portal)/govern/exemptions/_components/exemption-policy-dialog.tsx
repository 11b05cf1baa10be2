'use client'

import { lazy, useState } from 'react'
import { ReasonDialog } from '#components/reason-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import type { ExemptionPolicy } from '#core/exemptions/exemption-policy.ts'
import { setExemptionPolicyAction } from '#lib/exemptions/actions.ts'
import type { DaysText } from './time-limit-fields.tsx'

const TimeLimitFields = lazy(() => import('./time-limit-fields.tsx'))

/** How long exemptions may last: in force for what is asked for from then on. */
export function ExemptionPolicyDialog({ policy }: { policy: ExemptionPolicy }) {
  const [days, setDays] = useState(() => textsOf(policy))
  const [extensions, setExtensions] = useState(String(policy.maxExtensions))
  const limits = () => ({
    maxDays: Object.fromEntries(Object.entries(days).map(([kind, text]) => [kind, Number(text)])),
    maxExtensions: Number(extensions),
  })
  return (
    <ReasonDialog
      title="How long may exemptions last?"
      description="Holds for what is asked for from now on. Those in force keep their end."
      action="Set limits"
      trigger={<Button>Time limits</Button>}
      help="Stands in the audit log."
      done="The limits are set"
      save={reason => setExemptionPolicyAction({ policy: limits(), reason })}
    >
      <TimeLimitFields days={days} setDays={setDays} extensions={extensions} setExtensions={setExtensions} />
    </ReasonDialog>
  )
}

function textsOf({ maxDays }: ExemptionPolicy): DaysText {
  const { model, tier, cost, guardrail, tool_policy } = maxDays
  return {
    model: `${model}`,
    tier: `${tier}`,
    cost: `${cost}`,
    guardrail: `${guardrail}`,
    tool_policy: `${tool_policy}`,
  }
}
