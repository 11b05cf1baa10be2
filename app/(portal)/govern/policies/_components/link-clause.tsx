'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { MultiCombobox } from '#components/ui/combobox.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { linkClauseAction } from '#lib/policies/actions.ts'
import type { ClauseDto } from '#lib/policies/schema.ts'

/** A record to link to; `value` is its kind and id. */
export type TargetChoice = { value: string; label: string; hint?: string }
type Props = { policyId: string; clause: ClauseDto; targets: readonly TargetChoice[] }

/** Says what enforces a clause. */
export function LinkClause({ policyId, clause, targets }: Props) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const known = clause.links.filter(link => link.state !== 'gone').map(({ kind, id }) => `${kind}:${id}`)
  const [chosen, setChosen] = useState<string[]>(known)
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()

  function save() {
    setProblem(undefined)
    startTransition(async () => {
      const links = chosen.map(value => ({ kind: value.split(':')[0], id: value.split(':')[1] }))
      const result = await linkClauseAction({ id: policyId, clause: clause.ref, links })
      if (!result.ok) return setProblem(result.error.message)
      setOpen(false)
      router.refresh()
    })
  }

  return (
    <Dialog
      title={`What enforces ${clause.ref}`}
      description={clause.text}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" aria-label={`Link ${clause.ref}`}>
          {clause.links.length > 0 ? 'Change links' : 'Link'}
        </Button>
      }
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" loading={pending} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field
          label="Enforced by"
          nativeLabel={false}
          optional
          help="Shown as broken when one of these is switched off or gone. Without any, the clause is on paper only."
        >
          <MultiCombobox items={[...targets]} value={chosen} onValueChange={setChosen} />
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
