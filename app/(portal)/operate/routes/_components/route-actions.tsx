'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { ArchiveButton } from '#components/archive-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.ts'
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
  return (
    <ArchiveButton
      name={name}
      description="It decides nothing from then on. Its history stays, and it can be restored."
      archive={() => archiveRouteAction({ id })}
      typed={false}
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
