'use client'

import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.ts'
import { dismissNoticeAction } from '#lib/notices/actions.ts'

/** Puts a notice aside for good. */
export function DismissNotice({ id, title }: { id: string; title: string }) {
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  return (
    <Button
      variant="ghost"
      size="icon"
      className="text-muted"
      aria-label={`Dismiss: ${title}`}
      disabled={pending}
      onClick={() =>
        startTransition(async () => {
          const result = await dismissNoticeAction({ id })
          if (result.ok) router.refresh()
          else toast.error('The notice is still there', { description: result.error.message })
        })
      }
    >
      <X />
    </Button>
  )
}
