'use client'

import { CheckCheck } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.ts'
import { markReadAction } from '#lib/notices/actions.ts'

/** Marks everything as read. */
export function ReadAll() {
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  return (
    <Button
      size="sm"
      loading={pending}
      onClick={() =>
        startTransition(async () => {
          const result = await markReadAction({})
          if (!result.ok) toast.error('They are still unread', { description: result.error.message })
          router.refresh()
        })
      }
    >
      <CheckCheck aria-hidden />
      Mark all as read
    </Button>
  )
}
