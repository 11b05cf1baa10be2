'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.ts'
import { testChannelAction } from '#lib/notification-channels/actions.ts'

/** Sends a test through a channel and says what came of it. */
export function TestButton({ id, name }: { id: string; name: string }) {
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  function send() {
    startTransition(async () => {
      const result = await testChannelAction({ id })
      if (!result.ok) toast.error('No test was sent', { description: result.error.message })
      else {
        const { state, attempts } = result.data
        const last = attempts.at(-1)
        const description = `${last?.status ?? ''} ${last?.answer ?? ''}`.trim()
        if (state === 'sent') toast.success(`${name} took the test`, { description })
        else toast.error(`${name} did not take the test`, { description })
      }
      router.refresh()
    })
  }
  return (
    <Button size="sm" loading={pending} onClick={send} aria-label={`Send a test through ${name}`}>
      Send a test
    </Button>
  )
}
