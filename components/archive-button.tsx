'use client'

import { useRouter } from 'next/navigation'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Button, type ButtonProps } from './ui/button.tsx'

/** Takes a record out of force after its name was typed, then shows the page anew or goes to `nextHref`. */
export function ArchiveButton({
  name,
  description,
  archive,
  typed = true,
  nextHref,
  size,
}: {
  name: string
  /** What follows from it. */
  description: string
  archive: () => Promise<{ ok: true } | { ok: false; error: { message: string } }>
  /** False where it can be taken back: nothing has to be typed then. */
  typed?: boolean
  nextHref?: string
  size?: ButtonProps['size']
}) {
  const router = useRouter()
  async function confirm() {
    const result = await archive()
    if (!result.ok) return result.error.message
    if (nextHref) router.push(nextHref)
    else router.refresh()
  }
  return (
    <ConfirmDialog
      title={`Archive ${name}?`}
      description={description}
      action="Archive"
      typed={typed ? name : undefined}
      onConfirm={confirm}
      trigger={
        <Button variant="ghost" size={size}>
          Archive
        </Button>
      }
    />
  )
}
