'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { MultiCombobox } from '#components/ui/combobox.tsx'
import { DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { registerModelVersionAction } from '#lib/own-models/actions.ts'
import type { VersionChoices } from './version-choices.ts'

const EMPTY = {
  label: '',
  parentId: '',
  baseModel: '',
  digest: '',
  upstreamModel: '',
  signature: '',
  trainingDataSourceIds: [] as string[],
}

/** Registers a version of an own model; its signature is verified before anything is kept. */
export function RegisterVersion({
  modelId,
  name,
  parents,
  choices,
}: {
  modelId: string
  name: string
  parents: readonly { value: string; label: string }[]
  choices: VersionChoices
}) {
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState(EMPTY)
  const [signerId, setSignerId] = useState(choices.signers[0]?.value ?? '')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const set = (change: Partial<typeof EMPTY>) => setValues(before => ({ ...before, ...change }))

  function register() {
    setProblem(undefined)
    startTransition(async () => {
      const { parentId, upstreamModel, signature, ...facts } = values
      const input = { modelId, ...facts, parentId: parentId || null, signerId, signature: signatureOf(signature) }
      const result = await registerModelVersionAction(upstreamModel ? { ...input, upstreamModel } : input)
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      setValues(EMPTY)
      router.refresh()
    })
  }

  return (
    <Sheet
      title={`Register a version of ${name}`}
      description="Calls of production keys wait for its sign-off. A signature that does not prove it is refused with the reason."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>Register a version</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} disabled={signerId === ''} onClick={register}>
            Verify and register
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {choices.signers.length === 0 ? (
          <Callout tone="warn" title="No signer is believed yet">
            An administrator adds one under Catalog, Signers.
          </Callout>
        ) : null}
        <Field label="Version">
          <Input value={values.label} placeholder="2.1.0" onValueChange={label => set({ label })} />
        </Field>
        <Field label="Base model" help="What it was made of.">
          <Input value={values.baseModel} onValueChange={baseModel => set({ baseModel })} />
        </Field>
        {parents.length > 0 ? (
          <Field label="Made from" optional nativeLabel={false}>
            <Select
              aria-label="Made from"
              items={[{ value: '', label: 'None' }, ...parents]}
              value={values.parentId}
              onValueChange={parentId => set({ parentId })}
            />
          </Field>
        ) : null}
        <Field label="Trained on" optional nativeLabel={false} help="Data sources of the classification.">
          <MultiCombobox
            aria-label="Trained on"
            items={choices.sources}
            value={values.trainingDataSourceIds}
            onValueChange={trainingDataSourceIds => set({ trainingDataSourceIds })}
          />
        </Field>
        <Field label="Upstream name" optional help="What its provider calls this version.">
          <Input value={values.upstreamModel} onValueChange={upstreamModel => set({ upstreamModel })} />
        </Field>
        <Field label="Digest" help="Of the artifact: sha256: and 64 hex digits.">
          <Input value={values.digest} placeholder="sha256:…" onValueChange={digest => set({ digest })} />
        </Field>
        <Field label="Signer" nativeLabel={false}>
          <Select aria-label="Signer" items={choices.signers} value={signerId} onValueChange={setSignerId} />
        </Field>
        <Field label="Signature" help="Over the digest, in Base64, or a Sigstore bundle in JSON.">
          <Textarea rows={5} value={values.signature} onChange={event => set({ signature: event.target.value })} />
        </Field>
        {problem ? (
          <Callout tone="bad" live title="Nothing was registered">
            {problem}
          </Callout>
        ) : null}
      </div>
    </Sheet>
  )
}

/** A bundle is JSON; anything else is taken as Base64, for the verb to judge. */
function signatureOf(text: string): object {
  const plain = text.trim()
  if (!plain.startsWith('{')) return { form: 'detached', signature: plain.replaceAll(/\s/g, '') }
  try {
    return { form: 'bundle', bundle: JSON.parse(plain) as object }
  } catch {
    return { form: 'bundle', bundle: {} }
  }
}
