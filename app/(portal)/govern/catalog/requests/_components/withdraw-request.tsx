'use client'

import { useRouter } from 'next/navigation'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import { withdrawModelRequestAction } from '#lib/model-requests/actions.ts'

/** Takes one's own request back; it stays in the list as closed. */
export function WithdrawRequest({ id, name }: { id: string; name: string }) {
  const router = useRouter()
  return (
    <ConfirmDialog
      title={`Take the request for ${name} back?`}
      description="Nobody decides it any more. It stays in the list, closed."
      action="Take it back"
      trigger={<Button variant="ghost">Take back</Button>}
      onConfirm={async () => {
        const result = await withdrawModelRequestAction({ id })
        if (!result.ok) return result.error.message
        router.refresh()
        return undefined
      }}
    />
  )
}
