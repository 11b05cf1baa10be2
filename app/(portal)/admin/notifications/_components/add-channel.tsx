'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { createChannelAction } from '#lib/notification-channels/actions.ts'
import type { ChannelChoices } from './channel-choices.ts'
import { ChannelFields } from './channel-fields.tsx'
import { type ChannelText, EMPTY_CHANNEL, toChannelInput } from './channel-text.ts'
import { KINDS } from './channel-words.ts'
import { fieldErrors } from './field-errors.ts'

const KIND_CHOICES = Object.entries(KINDS).map(([value, { title, reach }]) => ({ value, label: title, hint: reach }))

/** Adds a channel; a webhook's signing secret is shown once, before the sheet closes. */
export function AddChannel({ choices }: { choices: ChannelChoices }) {
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState(EMPTY_CHANNEL)
  const [problem, setProblem] = useState<{ message: string; fields: Record<string, string> }>()
  const [secret, setSecret] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function save() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await createChannelAction(toChannelInput(values))
      if (!result.ok) return setProblem({ message: result.error.message, fields: fieldErrors(result.error.fields) })
      setValues(EMPTY_CHANNEL)
      if (result.data.secret) setSecret(result.data.secret)
      else setOpen(false)
      router.refresh()
    })
  }

  function close(next: boolean) {
    setOpen(next)
    if (!next) setSecret(null)
  }

  return (
    <Sheet
      title={secret ? 'Keep the signing secret' : 'Add a channel'}
      description={
        secret
          ? 'Nobody sees it again. Whoever receives the webhook checks its signature with it.'
          : 'It is used from the moment it is added; send a test then.'
      }
      open={open}
      onOpenChange={close}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden />
          Add a channel
        </Button>
      }
      footer={
        secret ? (
          <Button variant="primary" onClick={() => close(false)}>
            I have kept it
          </Button>
        ) : (
          <>
            <DialogClose render={<Button>Cancel</Button>} />
            <Button variant="primary" loading={pending} onClick={save}>
              Add
            </Button>
          </>
        )
      }
    >
      {secret ? (
        <CodeBlock label="Signing secret" code={secret} />
      ) : (
        <div className="flex flex-col gap-5">
          <Field label="Kind" nativeLabel={false} help={KINDS[values.kind].reach}>
            <Select
              items={KIND_CHOICES}
              value={values.kind}
              onValueChange={kind => setValues(before => ({ ...before, kind: kind as ChannelText['kind'] }))}
            />
          </Field>
          <ChannelFields
            values={values}
            onChange={change => setValues(before => ({ ...before, ...change }))}
            errors={problem?.fields ?? {}}
            choices={choices}
            isNew
          />
          {problem ? (
            <Callout tone="bad" live title="No channel was added">
              {problem.message}
            </Callout>
          ) : null}
        </div>
      )}
    </Sheet>
  )
}
