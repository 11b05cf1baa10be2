'use client'

import { useState } from 'react'
import { ArchiveButton } from '#components/archive-button.tsx'
import { ReasonDialog } from '#components/reason-dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { archiveRateLimitAction, updateRateLimitAction } from '#lib/rate-limits/actions.ts'

type Props = { id: string; name: string }

/** Changes the limit; gateways go on counting from where they are. */
export function ChangeRateLimit({ id, name, limit: before, unit }: Props & { limit: number; unit: string }) {
  const [limit, setLimit] = useState(String(before))
  return (
    <ReasonDialog
      title={`Change the limit of ${name}`}
      description="Every gateway keeps to it within a second. What is counted already goes on counting."
      action="Change limit"
      variant="primary"
      help="Stands in the history of the rate limit."
      done="The limit is changed"
      save={reason => updateRateLimitAction({ id, limit: Number(limit.replaceAll(',', '').trim()), reason })}
    >
      <Field label="Limit" help={unit}>
        <Input inputMode="numeric" value={limit} onValueChange={setLimit} />
      </Field>
    </ReasonDialog>
  )
}

export function ArchiveRateLimit({ id, name }: Props) {
  return (
    <ArchiveButton
      name={name}
      description="It limits nothing from then on. Its history stays."
      archive={() => archiveRateLimitAction({ id })}
    />
  )
}
