'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { addModelSignerAction } from '#lib/own-models/actions.ts'

/** Believes the signatures of a key from now on. */
export function AddSigner() {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [publicKey, setPublicKey] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function add() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await addModelSignerAction({ name, publicKey })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      setName('')
      setPublicKey('')
      router.refresh()
    })
  }

  return (
    <Dialog
      title="Add a signer"
      description="Versions of own models that this key has signed can be registered from now on."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Add a signer</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={add}>
            Add it
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Name" help="The pipeline or the people who hold its private key.">
          <Input value={name} maxLength={120} onValueChange={setName} />
        </Field>
        <Field label="Public key" help="PEM, ECDSA or Ed25519.">
          <Textarea
            rows={5}
            value={publicKey}
            placeholder="-----BEGIN PUBLIC KEY-----"
            onChange={event => setPublicKey(event.target.value)}
          />
        </Field>
        {problem ? (
          <Callout tone="bad" live>
            {problem}
          </Callout>
        ) : null}
      </div>
    </Dialog>
  )
}
