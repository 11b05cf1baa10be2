'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { toast } from '#components/ui/toast.ts'
import { createDetectorAction } from '#lib/detectors/actions.ts'

const FORMS = [
  { value: 'template', label: 'Templates', hint: 'CUST-######: # a digit, @ a letter, * either' },
  { value: 'keywords', label: 'Keywords', hint: 'Words or names, in any case' },
  { value: 'dictionary', label: 'Dictionary', hint: 'Exact entries, kept as keyed hashes only' },
] as const
type Form = (typeof FORMS)[number]['value']
const FIELDS: Record<Form, string> = { template: 'templates', keywords: 'words', dictionary: 'entries' }

/** Adds a pattern of the organization; it begins in shadow, so that its hits are seen before it acts. */
export function AddPattern() {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [form, setForm] = useState<Form>('template')
  const [lines, setLines] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()

  const add = () =>
    startTransition(async () => {
      setProblem(undefined)
      const entries = lines.split('\n').flatMap(line => line.trim() || [])
      const result = await createDetectorAction({ name, pattern: { form, [FIELDS[form]]: entries } })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      setName('')
      setLines('')
      toast.success(`${name} counts from now on, in shadow`)
      router.refresh()
    })

  return (
    <Dialog
      title="Add a pattern"
      description="Something only this organization has: customer numbers, project names."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Add pattern</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button
            variant="primary"
            loading={pending}
            disabled={name.trim() === '' || lines.trim() === ''}
            onClick={add}
          >
            Add in shadow
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Name">
          <Input value={name} onValueChange={setName} maxLength={60} />
        </Field>
        <Field label="Form" nativeLabel={false}>
          <Select items={FORMS} value={form} onValueChange={setForm} />
        </Field>
        <Field label="Entries" help={`One a line. ${FORMS.find(one => one.value === form)?.hint}.`}>
          <Textarea rows={5} value={lines} onChange={event => setLines(event.target.value)} />
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
