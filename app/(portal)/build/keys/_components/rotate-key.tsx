'use client'

import { RefreshCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { formatDate } from '#components/format.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { FieldGroup } from '#components/ui/field.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { rotateKeyAction } from '#lib/keys/actions.ts'
import type { IssuedKeyDto } from '#lib/keys/schema.ts'
import { KeyOnce } from './key-once.tsx'
import { LiveOnFleet } from './live-on-fleet.tsx'

const GRACES = [
  { value: '0', label: 'None', help: 'The old key is refused with 401 at once. Right for a key that leaked.' },
  { value: '1', label: '1 hour', help: 'Both keys work meanwhile.' },
  { value: '24', label: '24 hours', help: 'Both keys work meanwhile. Enough for a deployment.' },
  { value: '168', label: '7 days', help: 'Both keys work meanwhile. Right when others use the key too.' },
]

/** Replaces a key: asks for the grace, then shows the new key once. Without being offered it only ends what is open. */
export function RotateKey({ id, name, offered }: { id: string; name: string; offered: boolean }) {
  const [open, setOpen] = useState(false)
  const [grace, setGrace] = useState('24')
  const [issued, setIssued] = useState<IssuedKeyDto>()
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function change(next: boolean) {
    setOpen(next)
    if (next) return
    if (issued) router.refresh()
    setIssued(undefined)
    setProblem(undefined)
  }
  function rotate() {
    startTransition(async () => {
      const result = await rotateKeyAction({ id, graceHours: Number(grace) })
      if (result.ok) setIssued(result.data)
      else setProblem(result.error.message)
    })
  }

  return (
    <Dialog
      title={issued ? `${name} has a new key` : `Rotate ${name}?`}
      description={
        issued
          ? `It expires on ${formatDate(issued.expiresAt)} and has the rights of the old one.`
          : 'A new key with the same rights, models and lifetime replaces this one.'
      }
      open={open}
      onOpenChange={change}
      className={issued ? 'w-[min(44rem,calc(100vw-2rem))]' : undefined}
      trigger={
        offered ? (
          <Button>
            <RefreshCw aria-hidden />
            Rotate
          </Button>
        ) : undefined
      }
      footer={
        issued ? (
          <>
            <ButtonLink href={`/build/keys/${issued.id}`}>Open the new key</ButtonLink>
            <DialogClose render={<Button variant="primary">Done</Button>} />
          </>
        ) : (
          <>
            <DialogClose render={<Button>Cancel</Button>} />
            <Button variant="primary" loading={pending} onClick={rotate}>
              Rotate
            </Button>
          </>
        )
      }
    >
      {issued ? (
        <KeyOnce value={issued.key} state={<LiveOnFleet version={issued.configVersion} />} />
      ) : (
        <FieldGroup legend="How long the old key goes on working">
          <RadioGroup aria-label="Grace" items={GRACES} value={grace} onValueChange={setGrace} />
          {problem ? (
            <Callout tone="bad" live>
              {problem}
            </Callout>
          ) : null}
        </FieldGroup>
      )}
    </Dialog>
  )
}
