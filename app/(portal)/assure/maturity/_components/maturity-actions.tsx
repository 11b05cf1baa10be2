'use client'

import { useState } from 'react'
import { ReasonDialog } from '#components/reason-dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import {
  attestCriterionAction,
  requestAdvancementAction,
  requestExemptionAction,
  withdrawAttestationAction,
} from '#lib/maturity/actions.ts'

/** Puts the next stage before the review board. */
export function RequestAdvancement({ stage }: { stage: number }) {
  return (
    <ReasonDialog
      title={`Ask the board for stage ${stage + 1}?`}
      description="Every exit criterion as it stands now goes with the request. If one changes before the board decides, the request is void."
      action={`Ask for stage ${stage + 1}`}
      label="Why the organization is ready"
      help="The board reads it with the criteria."
      rows={3}
      maxLength={1_000}
      done="The board decides"
      variant="primary"
      save={reason => requestAdvancementAction({ reason })}
    />
  )
}

/** Says what no record can show, with evidence. */
export function AttestCriterion({ criterionId, statement }: { criterionId: string; statement: string }) {
  const [verdict, setVerdict] = useState<'met' | 'not_met'>('met')
  const [link, setLink] = useState('')
  return (
    <ReasonDialog
      title={`Attest ${criterionId}`}
      description={statement}
      action="Attest"
      label="What was found"
      help="So that somebody else can follow it: who looked, at what, when. It is kept with your name and a hash."
      rows={3}
      maxLength={1_000}
      done="Your word is kept as evidence"
      variant="primary"
      save={text => attestCriterionAction({ criterionId, verdict, statement: text, link: link.trim() })}
    >
      <RadioGroup
        aria-label="What is the case"
        value={verdict}
        onValueChange={setVerdict}
        items={[
          { value: 'met', label: 'It is so' },
          { value: 'not_met', label: 'It is not so' },
        ]}
      />
      <Field label="Where the proof is" help="An address that others can open." optional>
        <Input inputMode="url" placeholder="https://" value={link} onValueChange={setLink} />
      </Field>
    </ReasonDialog>
  )
}

/** Takes an attestation back. */
export function WithdrawAttestation({ id }: { id: string }) {
  return (
    <ReasonDialog
      title="Withdraw this attestation?"
      description="It stays readable with your reason, and counts no more."
      action="Withdraw"
      label="Why it does not hold any more"
      help="Stands in the history of the criterion."
      rows={3}
      maxLength={1_000}
      done="It is withdrawn"
      variant="ghost"
      save={reason => withdrawAttestationAction({ id, reason })}
    />
  )
}

/** Asks the board to excuse a criterion that does not apply. */
export function RequestExemption({ criterionId }: { criterionId: string }) {
  const [days, setDays] = useState('180')
  return (
    <ReasonDialog
      title={`Ask the board to excuse ${criterionId}?`}
      description="It then counts as exempt, never as met, and asks again when the time is over."
      action="Ask to be excused"
      label="Why it does not apply here"
      help="The board reads it."
      rows={3}
      maxLength={1_000}
      done="The board decides"
      variant="ghost"
      save={reason => requestExemptionAction({ criterionId, reason, days: Number(days) })}
    >
      <Field label="For how many days" help="At most 365.">
        <Input inputMode="numeric" value={days} onValueChange={setDays} />
      </Field>
    </ReasonDialog>
  )
}
