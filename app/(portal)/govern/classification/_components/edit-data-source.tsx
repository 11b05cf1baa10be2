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
import {
  archiveDataSourceAction,
  createDataSourceAction,
  reviewDataSourceAction,
  updateDataSourceAction,
} from '#lib/data-sources/actions.ts'
import type { DataSourceDto } from '#lib/data-sources/schema.ts'

export type PersonChoice = { value: string; label: string }
type Props = { source?: DataSourceDto; tiers: readonly string[]; people: readonly PersonChoice[] }

const NOBODY = 'nobody'

/** Registers a data source, changes it, or takes it out of use. */
export function EditDataSource({ source, tiers, people }: Props) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState(source?.name ?? '')
  const [description, setDescription] = useState(source?.description ?? '')
  const [tier, setTier] = useState(source?.tier ?? tiers.at(-1) ?? '')
  const [owner, setOwner] = useState(source?.ownerId ?? NOBODY)
  const [lists, setLists] = useState(() => listsOf(source))
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()

  const run = (act: () => Promise<{ ok: true } | { ok: false; error: { message: string } }>, done: string) =>
    startTransition(async () => {
      setProblem(undefined)
      const result = await act()
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      toast.success(done)
      router.refresh()
    })
  const save = () => {
    const facts = {
      name,
      description,
      tier,
      ownerId: owner === NOBODY ? null : owner,
      systems: entries(lists.systems),
      regions: entries(lists.regions),
      workloads: entries(lists.workloads),
    }
    const act = source ? () => updateDataSourceAction({ id: source.id, ...facts }) : () => createDataSourceAction(facts)
    run(act, `${name} is known to every gateway`)
  }

  return (
    <Dialog
      title={source ? `Change ${source.name}` : 'Add a data source'}
      description="In force on every gateway within a second."
      open={open}
      onOpenChange={setOpen}
      trigger={source ? <Button size="sm">Change</Button> : <Button>Add data source</Button>}
      footer={
        <>
          {source ? (
            <Button
              variant="ghost"
              disabled={pending}
              onClick={() => run(() => archiveDataSourceAction({ id: source.id }), `${source.name} is out of use`)}
            >
              Take out of use
            </Button>
          ) : null}
          {source ? (
            <Button
              disabled={pending}
              onClick={() =>
                run(() => reviewDataSourceAction({ id: source.id }), `The review of ${source.name} is recorded`)
              }
            >
              Reviewed, no change
            </Button>
          ) : null}
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} disabled={name.trim() === ''} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Name">
          <Input value={name} onValueChange={setName} maxLength={80} />
        </Field>
        <Field label="Description" optional>
          <Textarea
            rows={2}
            value={description}
            onChange={event => setDescription(event.target.value)}
            maxLength={300}
          />
        </Field>
        <Field label="Tier" nativeLabel={false} help="Requests that use it are classified at least so.">
          <Select items={tiers.map(value => ({ value, label: value }))} value={tier} onValueChange={setTier} />
        </Field>
        <Field label="Owner" nativeLabel={false}>
          <Select items={[{ value: NOBODY, label: 'Nobody yet' }, ...people]} value={owner} onValueChange={setOwner} />
        </Field>
        <Field label="Workloads" optional help="Those that use it, by the name they send, with commas between.">
          <Input value={lists.workloads} onValueChange={workloads => setLists(before => ({ ...before, workloads }))} />
        </Field>
        <Field label="Systems" optional help="Where it is kept, with commas between.">
          <Input value={lists.systems} onValueChange={systems => setLists(before => ({ ...before, systems }))} />
        </Field>
        <Field label="Regions" optional help="Calls to providers elsewhere are refused with 403. Empty: as its tier.">
          <Input value={lists.regions} onValueChange={regions => setLists(before => ({ ...before, regions }))} />
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

function listsOf(source: DataSourceDto | undefined) {
  const { systems = [], regions = [], workloads = [] } = source ?? {}
  return { systems: systems.join(', '), regions: regions.join(', '), workloads: workloads.join(', ') }
}

function entries(text: string): string[] {
  return text.split(',').flatMap(entry => entry.trim() || [])
}
