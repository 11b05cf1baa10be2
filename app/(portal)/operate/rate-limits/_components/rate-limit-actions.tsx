'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { ReasonDialog } from '#components/reason-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
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
  const router = useRouter()
  async function archive() {
    const result = await archiveRateLimitAction({ id })
    if (!result.ok) return result.error.message
    router.refresh()
  }
  return (
    <ConfirmDialog
      title={`Archive ${name}?`}
      description="It limits nothing from then on. Its history stays."
      action="Archive"
      typed={name}
      onConfirm={archive}
      trigger={<Button variant="ghost">Archive</Button>}
    />
  )
}
