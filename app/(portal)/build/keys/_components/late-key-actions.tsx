'use client'

import { Ban, Database, RefreshCw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'

/** The actions' code, with their dialogs, comes after the page is drawn; their buttons stand there meanwhile. */
const RotateKey = dynamic(() => import('./rotate-key.tsx').then(module => module.RotateKey), {
  ssr: false,
  loading: () => (
    <Button disabled>
      <RefreshCw aria-hidden />
      Rotate
    </Button>
  ),
})

export const LateEditKeyData = dynamic(() => import('./edit-key-data.tsx').then(module => module.EditKeyData), {
  ssr: false,
  loading: () => (
    <Button disabled>
      <Database aria-hidden />
      Data sources
    </Button>
  ),
})

export const LateRevokeKey = dynamic(() => import('./revoke-key.tsx').then(module => module.RevokeKey), {
  ssr: false,
  loading: () => (
    <Button variant="danger" disabled>
      <Ban aria-hidden />
      Revoke
    </Button>
  ),
})

/**
 * Rotates the key, as long as that is offered. It stays while the answer is read: once the key is rotated the page draws
 * itself anew, and would take the only sight of the new key away.
 */
export function LateRotateKey({ offered, ...key }: { id: string; name: string; offered: boolean }) {
  const [everOffered, setEverOffered] = useState(offered)
  if (offered && !everOffered) setEverOffered(true)
  return everOffered ? <RotateKey {...key} offered={offered} /> : null
}
