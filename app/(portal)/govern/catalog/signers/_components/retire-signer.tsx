'use client'

import { useRouter } from 'next/navigation'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import { retireModelSignerAction } from '#lib/own-models/actions.ts'

/** Believes no further signature of a key. */
export function RetireSigner({ id, name }: { id: string; name: string }) {
  const router = useRouter()
  return (
    <ConfirmDialog
      title={`Retire ${name}?`}
      description="No further version is registered with its signature. Versions that it signed before stay."
      action="Retire"
      danger
      trigger={
        <Button size="sm" variant="ghost">
          Retire
        </Button>
      }
      onConfirm={async () => {
        const result = await retireModelSignerAction({ id, reason: 'Retired on the page of signers' })
        if (!result.ok) return result.error.message
        router.refresh()
        return undefined
      }}
    />
  )
}
