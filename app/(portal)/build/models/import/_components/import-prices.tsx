'use client'

import { useState, useTransition } from 'react'
import { formatCount } from '#components/format.ts'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { applyPriceImportAction, previewPriceImportAction } from '#lib/models/actions.ts'
import type { PriceImportPreviewDto } from '#lib/models/price-import-schema.ts'
import { PricePreview } from './price-preview.tsx'

const EVERY = 'every'

/** Reads a price file, shows what it would change, and applies exactly that. */
export function ImportPrices({ providers }: { providers: readonly { id: string; name: string }[] }) {
  const [provider, setProvider] = useState(EVERY)
  const [file, setFile] = useState('')
  const [preview, setPreview] = useState<PriceImportPreviewDto>()
  const [applied, setApplied] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const scope = provider === EVERY ? {} : { providerId: provider }

  function look(text: string) {
    setProblem(undefined)
    setPreview(undefined)
    setApplied(undefined)
    if (text === '') return
    startTransition(async () => {
      const result = await previewPriceImportAction({ file: text, ...scope })
      if (result.ok) setPreview(result.data)
      else setProblem(result.error.message)
    })
  }
  function apply() {
    if (!preview) return
    startTransition(async () => {
      const result = await applyPriceImportAction({ file, hash: preview.hash, ...scope })
      if (!result.ok) return setProblem(result.error.message)
      setApplied(result.data.changed)
      setPreview(undefined)
    })
  }

  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-[16rem_minmax(0,1fr)]">
        <Field label="For models of" nativeLabel={false}>
          <Select
            items={[
              { value: EVERY, label: 'Every provider' },
              ...providers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={provider}
            onValueChange={next => {
              setProvider(next)
              setPreview(undefined)
            }}
          />
        </Field>
        <Field label="Price file" help="A JSON object with one entry a model and costs per token.">
          <Input
            type="file"
            accept="application/json,.json"
            className="cursor-pointer px-0 file:mr-3 file:h-full file:cursor-pointer file:border-0 file:border-line-strong file:border-r file:bg-hover file:px-3 file:font-medium file:text-ink"
            onChange={async event => {
              const text = (await event.target.files?.[0]?.text()) ?? ''
              setFile(text)
              look(text)
            }}
          />
        </Field>
      </div>
      {file !== '' && !preview && applied === undefined ? (
        <Button className="self-start" loading={pending} onClick={() => look(file)}>
          Preview
        </Button>
      ) : null}
      {problem ? (
        <Callout tone="bad" live title="Nothing was changed">
          {problem}
        </Callout>
      ) : null}
      {preview ? <PricePreview preview={preview} pending={pending} onApply={apply} /> : null}
      {applied === undefined ? null : (
        <Callout tone="ok" live title={`${formatCount(applied, 'model')} got a new price`}>
          Calls from now on are charged with it. The catalog shows the prices in force.
        </Callout>
      )}
    </div>
  )
}
