'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.ts'
import { installGuardrailsAction } from '#lib/detectors/actions.ts'

/** Gives an organization from before there were guardrails what a new one begins with. */
export function InstallGuardrails() {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const install = () =>
    startTransition(async () => {
      const result = await installGuardrailsAction({})
      if (!result.ok) return void toast.error(result.error.message)
      router.refresh()
    })
  return (
    <Button variant="primary" loading={pending} onClick={install}>
      Begin with the usual tiers and rules
    </Button>
  )
}
