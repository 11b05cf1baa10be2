'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { addModelSignerAction } from '#lib/own-models/actions.ts'

const KINDS = [
  { value: 'key', label: 'A key', help: 'Its private half signs; nobody else is asked.' },
  { value: 'identity', label: 'An identity', help: 'Certificates of the trust root of this installation name it.' },
] as const

/** Believes the signatures of a key or of an identity from now on. */
export function AddSigner() {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [kind, setKind] = useState<'key' | 'identity'>('key')
  const [publicKey, setPublicKey] = useState('')
  const [identity, setIdentity] = useState({ issuer: '', subject: '' })
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function add() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await addModelSignerAction({ name, ...(kind === 'key' ? { publicKey } : { identity }) })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      setName('')
      setPublicKey('')
      setIdentity({ issuer: '', subject: '' })
      router.refresh()
    })
  }

  return (
    <Dialog
      title="Add a signer"
      description="Versions of own models that it has signed can be registered from now on."
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
        <RadioGroup aria-label="Believed by" items={KINDS} value={kind} onValueChange={setKind} />
        {kind === 'key' ? (
          <Field label="Public key" help="PEM, ECDSA or Ed25519.">
            <Textarea
              rows={5}
              value={publicKey}
              placeholder="-----BEGIN PUBLIC KEY-----"
              onChange={event => setPublicKey(event.target.value)}
            />
          </Field>
        ) : (
          <>
            <Field label="Issuer" help="Who knows them, as the certificate says.">
              <Input
                inputMode="url"
                placeholder="https://token.actions.githubusercontent.com"
                value={identity.issuer}
                onValueChange={issuer => setIdentity(before => ({ ...before, issuer }))}
              />
            </Field>
            <Field label="Subject" help="To the letter: an e-mail address, or the URI of a pipeline.">
              <Input
                value={identity.subject}
                onValueChange={subject => setIdentity(before => ({ ...before, subject }))}
              />
            </Field>
          </>
        )}
        {problem ? (
          <Callout tone="bad" live>
            {problem}
          </Callout>
        ) : null}
      </div>
    </Dialog>
  )
}
