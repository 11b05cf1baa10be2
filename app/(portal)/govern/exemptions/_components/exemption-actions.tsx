'use client'

import { useState } from 'react'
import { ReasonDialog } from '#components/reason-dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { attestConditionAction, extendExemptionAction, revokeExemptionAction } from '#lib/exemptions/actions.ts'

/** Ends an exemption before its time. */
export function RevokeExemption({ id, title }: { id: string; title: string }) {
  return (
    <ReasonDialog
      title={`Revoke ${title}?`}
      description="Within a second every gateway refuses the calls that need it. It cannot be put in force again."
      action="Revoke"
      done="The exemption is revoked"
      danger
      save={reason => revokeExemptionAction({ id, reason })}
    />
  )
}

/** Asks for more time; somebody else decides. */
export function ExtendExemption({ id, title, endsAt }: { id: string; title: string; endsAt: string }) {
  const [day, setDay] = useState(endsAt.slice(0, 10))
  return (
    <ReasonDialog
      title={`More time for ${title}`}
      description="It ends as it was to until somebody else approves."
      action="Ask for more time"
      done="Your request waits for a decision"
      save={reason => extendExemptionAction({ id, endsAt: `${day}T23:59:59Z`, reason })}
    >
      <Field label="Until the end of" help="In UTC.">
        <Input type="date" value={day} onValueChange={setDay} />
      </Field>
    </ReasonDialog>
  )
}

/** Vouches for a condition in one's own name. */
export function AttestCondition({ id, attestationId, text }: { id: string; attestationId: string; text: string }) {
  return (
    <ReasonDialog
      title="Vouch for this condition"
      description={text}
      action="Vouch"
      label="How do you know that it holds?"
      done="Your word is recorded"
      save={note => attestConditionAction({ id, attestationId, note })}
    />
  )
}
