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
import { createTierAction, updateTierAction } from '#lib/tiers/actions.ts'
import type { TierDto } from '#lib/tiers/schema.ts'
import { LOGGING } from './tier-words.ts'

const LOGGING_CHOICES = (Object.keys(LOGGING) as TierDto['contentLogging'][]).map(value => ({
  value,
  ...LOGGING[value],
}))
const CACHE_CHOICES = [
  { value: 'yes', label: 'Answers may be kept' },
  { value: 'no', label: 'Never' },
] as const

/** Adds a tier, or changes what one means. Its name stays, since keys, models and callers name it. */
export function EditTier({ tier, nextRank }: { tier?: TierDto; nextRank: number }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [description, setDescription] = useState(tier?.description ?? '')
  const [rank, setRank] = useState(String(nextRank))
  const [contentLogging, setContentLogging] = useState<TierDto['contentLogging']>(tier?.contentLogging ?? 'metadata')
  const [retention, setRetention] = useState(String(tier?.contentRetentionDays ?? 30))
  const [cache, setCache] = useState<'yes' | 'no'>(tier?.cacheable ? 'yes' : 'no')
  const [regions, setRegions] = useState(tier?.regions.join(', ') ?? '')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()

  function save() {
    setProblem(undefined)
    startTransition(async () => {
      const facts = {
        description,
        rank: Number(rank),
        contentLogging,
        contentRetentionDays: Number(retention),
        cacheable: cache === 'yes',
        regions: regions.split(',').flatMap(region => region.trim() || []),
      }
      const result = tier
        ? await updateTierAction({ id: tier.id, ...facts })
        : await createTierAction({ name, ...facts })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      toast.success(`${result.data.name} is in force on every gateway`)
      router.refresh()
    })
  }

  return (
    <Dialog
      title={tier ? `Change ${tier.name}` : 'Add a tier'}
      description="In force on every gateway within a second."
      open={open}
      onOpenChange={setOpen}
      trigger={tier ? <Button size="sm">Change</Button> : <Button variant="primary">Add tier</Button>}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} disabled={!tier && name.trim() === ''} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {tier ? null : (
          <Field label="Name" help="Callers send it in x-gatehouse-data-class. It cannot be changed later.">
            <Input value={name} onValueChange={setName} maxLength={40} />
          </Field>
        )}
        <Field label="Description" optional>
          <Textarea
            rows={2}
            value={description}
            onChange={event => setDescription(event.target.value)}
            maxLength={300}
          />
        </Field>
        <Field label="Rank" help="Higher is more sensitive; a request keeps the highest that applies.">
          <Input type="number" value={rank} onValueChange={setRank} />
        </Field>
        <Field label="Content kept" nativeLabel={false} help={LOGGING[contentLogging].hint}>
          <Select items={LOGGING_CHOICES} value={contentLogging} onValueChange={setContentLogging} />
        </Field>
        {contentLogging === 'metadata' ? null : (
          <Field label="Content kept for" help="Then it is dropped, and with the requests themselves at the latest.">
            <Input type="number" min={1} max={400} suffix="days" value={retention} onValueChange={setRetention} />
          </Field>
        )}
        <Field label="Cache" nativeLabel={false}>
          <Select items={CACHE_CHOICES} value={cache} onValueChange={setCache} />
        </Field>
        <Field label="Regions" optional help="Where providers may process it, with commas between. Empty: anywhere.">
          <Input value={regions} onValueChange={setRegions} />
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
