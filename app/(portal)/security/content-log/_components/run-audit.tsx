'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.ts'
import { auditContentAction } from '#lib/content-log/actions.ts'

/** Audits the content log now. */
export function RunAudit() {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const run = () =>
    startTransition(async () => {
      const result = await auditContentAction({})
      if (!result.ok) return void toast.error(result.error.message)
      const { violations } = result.data
      if (violations === 0) toast.success('Audited: nothing is kept that must not be')
      else toast.error(`Audited: ${violations} findings`)
      router.refresh()
    })
  return (
    <Button size="sm" loading={pending} onClick={run}>
      Audit now
    </Button>
  )
}
