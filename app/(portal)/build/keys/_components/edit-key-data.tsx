'use client'

import { Database } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { MultiCombobox } from '#components/ui/combobox.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { toast } from '#components/ui/toast.ts'
import { setKeyDataAction } from '#lib/keys/actions.ts'
import type { KeyDto } from '#lib/keys/schema.ts'
import type { SourceChoice } from './key-facts.ts'

type Props = { record: KeyDto; sources: readonly SourceChoice[]; mayRemove: boolean }

/** Says what data a key is used with, from which its requests take their tier and regions. */
export function EditKeyData({ record, sources, mayRemove }: Props) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<readonly string[]>(record.dataSourceIds)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  // One that is out of use is not offered, and stays unless it is taken away.
  const gone = record.dataSourceIds.filter(id => !sources.some(source => source.id === id))
  const items = [
    ...sources.map(({ id, name, tier }) => ({ value: id, label: name, hint: tier })),
    ...gone.map(id => ({ value: id, label: 'Out of use', hint: id.slice(-6) })),
  ]
  const changed = chosen.length !== record.dataSourceIds.length || chosen.some(id => !record.dataSourceIds.includes(id))

  function begin(next: boolean) {
    setOpen(next)
    if (!next) return
    setChosen(record.dataSourceIds)
    setReason('')
    setProblem(undefined)
  }
  const save = () =>
    startTransition(async () => {
      setProblem(undefined)
      const result = await setKeyDataAction({ id: record.id, dataSourceIds: chosen, reason })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      toast.success('Saved', { description: 'Every gateway classifies its calls by it within a second.' })
      router.refresh()
    })

  return (
    <Dialog
      title={`Data of ${record.name}`}
      description="Its calls take at least the tiers of this data, and stay in its regions."
      open={open}
      onOpenChange={begin}
      trigger={
        <Button>
          <Database aria-hidden />
          Data sources
        </Button>
      }
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} disabled={!changed} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field
          label="Data sources"
          nativeLabel={false}
          help={mayRemove ? undefined : 'You can add to them. Security can take one away.'}
        >
          <MultiCombobox
            aria-label="Data sources"
            items={items}
            placeholder="None"
            value={[...chosen]}
            onValueChange={setChosen}
          />
        </Field>
        <Field label="Reason" optional help="Stands in the audit log and on the key's page.">
          <Textarea rows={2} value={reason} onChange={event => setReason(event.target.value)} maxLength={500} />
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
