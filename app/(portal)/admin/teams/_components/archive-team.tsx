'use client'

import { Archive, ArchiveRestore } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import { archiveTeamAction, unarchiveTeamAction } from '#lib/teams/actions.ts'

/** Sets a team aside, or brings it back. */
export function ArchiveTeam({ id, name, archived }: { id: string; name: string; archived: boolean }) {
  const router = useRouter()
  async function run() {
    const result = await (archived ? unarchiveTeamAction({ id }) : archiveTeamAction({ id }))
    if (!result.ok) return result.error.message
    router.refresh()
  }
  return (
    <ConfirmDialog
      title={archived ? `Unarchive ${name}?` : `Archive ${name}?`}
      description={
        archived
          ? 'Gateways take those of its keys again that are still valid, within a second.'
          : 'Every gateway refuses its keys with 403 within a second, until it is unarchived. Its people, keys and evidence stay.'
      }
      action={archived ? 'Unarchive' : 'Archive'}
      danger={!archived}
      onConfirm={run}
      trigger={
        archived ? (
          <Button>
            <ArchiveRestore aria-hidden />
            Unarchive
          </Button>
        ) : (
          <Button variant="danger">
            <Archive aria-hidden />
            Archive
          </Button>
        )
      }
    />
  )
}
