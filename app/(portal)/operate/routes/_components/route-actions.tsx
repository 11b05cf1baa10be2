'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.tsx'
import { archiveRouteAction, restoreRouteAction, updateRouteAction } from '#lib/routes/actions.ts'

type Props = { id: string; name: string }

/** Switches a route on or off, at once. */
export function ToggleRoute({ id, name, enabled }: Props & { enabled: boolean }) {
  const { pending, run } = useChange(() => updateRouteAction({ id, enabled: !enabled }))
  const label = enabled ? 'Switch off' : 'Switch on'
  return (
    <Button loading={pending} aria-label={`${label} ${name}`} onClick={run}>
      {label}
    </Button>
  )
}

export function ArchiveRoute({ id, name }: Props) {
  const router = useRouter()
  async function archive() {
    const result = await archiveRouteAction({ id })
    if (!result.ok) return result.error.message
    router.refresh()
  }
  return (
    <ConfirmDialog
      title={`Archive ${name}?`}
      description="It decides nothing from then on. Its history stays, and it can be restored."
      action="Archive"
      onConfirm={archive}
      trigger={<Button variant="ghost">Archive</Button>}
    />
  )
}

export function RestoreRoute({ id, name }: Props) {
  const { pending, run } = useChange(() => restoreRouteAction({ id }))
  return (
    <Button variant="primary" loading={pending} aria-label={`Restore ${name}`} onClick={run}>
      Restore
    </Button>
  )
}

function useChange(change: () => Promise<{ ok: true } | { ok: false; error: { message: string } }>) {
  const [pending, startTransition] = useTransition()
  const [, setFailed] = useState(false)
  const router = useRouter()
  const run = () =>
    startTransition(async () => {
      const result = await change()
      setFailed(!result.ok)
      if (result.ok) router.refresh()
      else toast.error(result.error.message)
    })
  return { pending, run }
}
