'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'

/** Asks for a few words before something is done; presets fill them in with a press. */
export function WordsDialog({
  open,
  onOpenChange,
  title,
  description,
  label,
  presets = [],
  action,
  pending,
  onSubmit,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description: string
  label: string
  presets?: readonly string[]
  action: string
  pending: boolean
  onSubmit: (words: string) => void
}) {
  const [words, setWords] = useState('')
  const [missing, setMissing] = useState(false)
  function submit() {
    const text = words.trim()
    setMissing(text === '')
    if (text === '') return
    onSubmit(text)
    setWords('')
  }
  return (
    <Dialog
      title={title}
      description={description}
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={submit}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {presets.length > 0 ? (
          <div className="flex flex-wrap gap-2">
            {presets.map(preset => (
              <Button key={preset} size="sm" className="h-auto whitespace-normal py-1" onClick={() => setWords(preset)}>
                {preset}
              </Button>
            ))}
          </div>
        ) : null}
        <Field label={label} error={missing ? 'Say it in a few words.' : undefined}>
          <Textarea rows={3} maxLength={1_000} value={words} onChange={event => setWords(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  )
}
