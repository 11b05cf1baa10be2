'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { updateChannelAction } from '#lib/notification-channels/actions.ts'
import type { ChannelDto } from '#lib/notification-channels/schema.ts'
import type { ChannelChoices } from './channel-choices.ts'
import { ChannelFields } from './channel-fields.tsx'
import { fromChannel, toChannelInput } from './channel-text.ts'
import { fieldErrors } from './field-errors.ts'

/** Changes a channel; secrets that are left empty stay. */
export function EditChannel({ channel, choices }: { channel: ChannelDto; choices: ChannelChoices }) {
  const [values, setValues] = useState(() => fromChannel(channel))
  const [problem, setProblem] = useState<{ message: string; fields: Record<string, string> }>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  function save() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await updateChannelAction({ id: channel.id, ...toChannelInput(values) })
      if (!result.ok) setProblem({ message: result.error.message, fields: fieldErrors(result.error.fields) })
      else router.refresh()
    })
  }
  return (
    <div className="flex max-w-xl flex-col gap-5">
      <ChannelFields
        values={values}
        onChange={change => setValues(before => ({ ...before, ...change }))}
        errors={problem?.fields ?? {}}
        choices={choices}
        isNew={false}
      />
      {problem ? (
        <Callout tone="bad" live title="Nothing was changed">
          {problem.message}
        </Callout>
      ) : null}
      <Button variant="primary" className="self-start" loading={pending} onClick={save}>
        Save
      </Button>
    </div>
  )
}
