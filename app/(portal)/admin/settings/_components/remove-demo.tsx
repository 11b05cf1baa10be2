'use client'

import { Trash2 } from 'lucide-react'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import { removeDemoAction } from '#lib/organizations/actions.ts'

/** Deletes the demonstration for good, after its name has been typed; everybody in it is signed out by it. */
export function RemoveDemo({ id, name }: { id: string; name: string }) {
  async function remove() {
    const result = await removeDemoAction({ id })
    if (!result.ok) return result.error.message
    window.location.assign('/sign-in')
  }
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      description="Its people, teams, keys, models, providers, requests and figures are deleted, and every gateway refuses its keys within a second. You are signed out. This cannot be undone."
      action="Remove demonstration"
      typed={name}
      onConfirm={remove}
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Remove demonstration data
        </Button>
      }
    />
  )
}
