'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Combobox } from '#components/ui/combobox.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { startDrillAction } from '#lib/failover-drills/actions.ts'

type Props = {
  models: readonly { value: string; label: string; hint?: string; disabled?: boolean }[]
  boundSeconds: number
}

/** Asks for a simulated outage of one model, and leads to the drill's page. */
export function StartDrill({ models, boundSeconds }: Props) {
  const [open, setOpen] = useState(false)
  const [modelId, setModelId] = useState(models.find(({ disabled }) => !disabled)?.value ?? '')
  const [bound, setBound] = useState(String(boundSeconds))
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function start() {
    setProblem(undefined)
    startTransition(async () => {
      const seconds = Number(bound.replace(',', '.'))
      const result = await startDrillAction({ modelId, boundSeconds: Number.isNaN(seconds) ? bound : seconds })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      router.push(`/operate/failover-drills/${result.data.id}`)
    })
  }

  return (
    <Dialog
      title="Run a failover drill"
      description="The model fails for the drill’s own calls only: nobody else’s call meets the outage. It takes under a minute and a few small calls."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Run a drill</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} disabled={modelId === ''} onClick={start}>
            Start drill
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Model that fails" nativeLabel={false} help="Only a model that another one can stand in for.">
          <Combobox
            aria-label="Model that fails"
            items={models}
            value={modelId}
            onValueChange={next => setModelId(next ?? '')}
          />
        </Field>
        <Field label="Answered again within" help="The drill fails when calls go unanswered for longer.">
          <Input suffix="s" inputMode="decimal" value={bound} onValueChange={setBound} />
        </Field>
        {models.every(({ disabled }) => disabled) ? (
          <Callout tone="info">
            No model has an equivalent for an outage, and no route names a second one, so nobody could answer while one
            fails. Give a model an equivalent on its page under Build → Models.
          </Callout>
        ) : null}
        {problem ? (
          <Callout tone="bad" live>
            {problem}
          </Callout>
        ) : null}
      </div>
    </Dialog>
  )
}
