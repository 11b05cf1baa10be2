'use client'

import { Ban } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { toast } from '#components/ui/toast.ts'
import { revokeKeyAction } from '#lib/keys/actions.ts'

/** Ends a key for good, after its name has been typed. */
export function RevokeKey({ id, name }: { id: string; name: string }) {
  const [reason, setReason] = useState('')
  const router = useRouter()
  async function revoke() {
    const result = await revokeKeyAction({ id, reason })
    if (!result.ok) return result.error.message
    toast.success(`${name} is revoked`, { description: 'The gateways refuse it with 401 from now on.' })
    router.refresh()
  }
  return (
    <ConfirmDialog
      title={`Revoke ${name}?`}
      description="Every gateway refuses it with 401 within a second. This cannot be undone; calls in flight are finished."
      action="Revoke"
      typed={name}
      onConfirm={revoke}
      trigger={
        <Button variant="danger">
          <Ban aria-hidden />
          Revoke
        </Button>
      }
    >
      <Field label="Reason" optional help="Stands in the audit log and on the key's page.">
        <Textarea rows={2} value={reason} onChange={event => setReason(event.target.value)} maxLength={500} />
      </Field>
    </ConfirmDialog>
  )
}
