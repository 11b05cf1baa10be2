'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { toast } from '#components/ui/toast.ts'
import { archiveChannelAction, rotateSecretAction, updateChannelAction } from '#lib/notification-channels/actions.ts'
import type { ChannelDto } from '#lib/notification-channels/schema.ts'
import { TestButton } from './test-button.tsx'

/** What can be done with a channel besides changing it. */
export function ChannelActions({ channel }: { channel: ChannelDto }) {
  const { id, name, enabled, kind } = channel
  const [secret, setSecret] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  function pause() {
    startTransition(async () => {
      const result = await updateChannelAction({ id, enabled: !enabled })
      if (!result.ok) toast.error('Nothing was changed', { description: result.error.message })
      router.refresh()
    })
  }
  return (
    <>
      <TestButton id={id} name={name} />
      <Button size="sm" loading={pending} onClick={pause}>
        {enabled ? 'Pause' : 'Switch on'}
      </Button>
      {kind === 'webhook' ? (
        <ConfirmDialog
          title={`Give ${name} a new signing secret?`}
          description="For a day messages are signed by the present one as well, so that the receiver can change over."
          action="Make a new one"
          danger={false}
          trigger={<Button size="sm">New secret</Button>}
          onConfirm={async () => {
            const result = await rotateSecretAction({ id })
            if (!result.ok) return result.error.message
            setSecret(result.data.secret)
            router.refresh()
          }}
        />
      ) : null}
      <ConfirmDialog
        title={`Archive ${name}?`}
        description="Nothing goes through it any more, what waits is dropped and its secrets are forgotten. Its log stays."
        action="Archive"
        typed={name}
        trigger={<Button size="sm">Archive</Button>}
        onConfirm={async () => {
          const result = await archiveChannelAction({ id })
          if (!result.ok) return result.error.message
          router.push('/admin/notifications')
        }}
      />
      <Dialog
        title="Keep the signing secret"
        description="Nobody sees it again."
        open={secret !== null}
        onOpenChange={open => {
          if (!open) setSecret(null)
        }}
        footer={
          <Button variant="primary" onClick={() => setSecret(null)}>
            I have kept it
          </Button>
        }
      >
        <CodeBlock label="Signing secret" code={secret ?? ''} />
      </Dialog>
    </>
  )
}
