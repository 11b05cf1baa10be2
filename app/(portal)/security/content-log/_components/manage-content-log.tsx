'use client'

import { useRouter } from 'next/navigation'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.ts'
import { renewContentKeyAction, setContentLoggingAction } from '#lib/content-log/actions.ts'

/** Switches the content log on and off, renews its key, erases what it has. */
export function ManageContentLog({ enabled }: { enabled: boolean }) {
  const router = useRouter()
  const done = (words: string) => {
    toast.success(words)
    router.refresh()
  }
  const set = async (input: { enabled: boolean; erase?: boolean }, words: string) => {
    const result = await setContentLoggingAction(input)
    if (!result.ok) return result.error.message
    done(words)
  }
  const renew = async () => {
    const result = await renewContentKeyAction({})
    if (!result.ok) return result.error.message
    done('A new key is in use on every gateway')
  }
  return (
    <div className="flex flex-wrap gap-2">
      {enabled ? (
        <>
          <ConfirmDialog
            title="Renew the content key?"
            description="Gateways use a new key within a second. What is kept can still be read; the old key is destroyed when retention has dropped all of it."
            action="Renew"
            danger={false}
            trigger={<Button>Renew key</Button>}
            onConfirm={renew}
          />
          <ConfirmDialog
            title="Switch the content log off?"
            description="Gateways keep no prompt and no answer from the next second on, whatever the tier. What is kept stays until its retention ends."
            action="Switch off"
            trigger={<Button>Switch off</Button>}
            onConfirm={() => set({ enabled: false }, 'No gateway keeps content any more')}
          />
        </>
      ) : (
        <ConfirmDialog
          title="Switch the content log on?"
          description="Gateways keep what is asked and answered from the next second on, as each tier allows: encrypted, and read only with an entry in the audit log."
          action="Switch on"
          danger={false}
          trigger={<Button variant="primary">Switch on</Button>}
          onConfirm={() => set({ enabled: true }, 'Gateways keep content as the tiers allow')}
        />
      )}
      <ConfirmDialog
        title="Erase all content?"
        description="Switches the content log off and destroys its keys. What is kept can then be read by nobody, for ever."
        action="Erase"
        typed="erase"
        trigger={<Button variant="danger">Erase</Button>}
        onConfirm={() =>
          set({ enabled: false, erase: true }, 'The keys are destroyed: nothing that was kept can be read')
        }
      />
    </div>
  )
}
