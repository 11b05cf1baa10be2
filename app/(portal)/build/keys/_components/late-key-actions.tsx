'use client'

import { Ban, RefreshCw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { Button } from '#components/ui/button.tsx'

/** The actions' code, with their dialogs, comes after the page is drawn; their buttons stand there meanwhile. */
export const LateRotateKey = dynamic(() => import('./rotate-key.tsx').then(module => module.RotateKey), {
  ssr: false,
  loading: () => (
    <Button disabled>
      <RefreshCw aria-hidden />
      Rotate
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
