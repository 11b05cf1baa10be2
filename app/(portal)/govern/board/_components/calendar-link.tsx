'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { makeCalendarLinkAction } from '#lib/board/actions.ts'
import { Problem } from './problem.tsx'
import { useRun } from './use-run.ts'

/** Makes the secret address at which one's own calendar follows the board's meetings. */
export function CalendarLink() {
  const [open, setOpen] = useState(false)
  const [url, setUrl] = useState<string>()
  const { run, pending, problem } = useRun()
  return (
    <Dialog
      title="Follow the board in your calendar"
      description="Your calendar reads the meetings at a secret address of your own. It is shown once; a new one ends the old one."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="ghost">Add to my calendar</Button>}
      footer={
        url ? (
          <CopyButton text={url} label="Copy the address" />
        ) : (
          <Button
            variant="primary"
            loading={pending}
            onClick={() =>
              run(
                () => makeCalendarLinkAction({}),
                ({ data }) => setUrl(data.url),
              )
            }
          >
            Make the address
          </Button>
        )
      }
    >
      {url ? (
        <output
          aria-label="Calendar address"
          className="wrap-anywhere block rounded-lg bg-sunken p-3 font-mono text-xs"
        >
          {url}
        </output>
      ) : null}
      <Problem text={problem} />
    </Dialog>
  )
}
