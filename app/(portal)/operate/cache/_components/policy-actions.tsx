'use client'

import { useRouter } from 'next/navigation'
import { ArchiveButton } from '#components/archive-button.tsx'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.ts'
import { archiveCachePolicyAction, purgeCacheAction } from '#lib/cache/actions.ts'

/** Drops what one policy, or without one all of them, have kept. */
export function PurgeCache({ policy }: { policy?: { id: string; name: string } }) {
  const router = useRouter()
  async function purge() {
    const result = await purgeCacheAction({ policyId: policy?.id ?? null })
    if (!result.ok) return result.error.message
    toast.success('Nothing that was kept is served any more')
    router.refresh()
  }
  return (
    <ConfirmDialog
      title={policy ? `Purge ${policy.name}?` : 'Purge the whole cache?'}
      description={`Within a second no replica serves ${policy ? 'an answer it kept' : 'any kept answer of this organization'}. The next calls go to the provider and cost what they cost. Policies stay as they are.`}
      action="Purge"
      typed={policy ? undefined : 'purge'}
      onConfirm={purge}
      trigger={<Button variant="danger">{policy ? 'Purge' : 'Purge all'}</Button>}
    />
  )
}

/** Takes a policy out of force for good. */
export function ArchivePolicy({ id, name }: { id: string; name: string }) {
  return (
    <ArchiveButton
      name={name}
      description="What it kept is dropped, and its requests fall to a wider policy or go to the provider. Its history stays."
      archive={() => archiveCachePolicyAction({ id })}
    />
  )
}
