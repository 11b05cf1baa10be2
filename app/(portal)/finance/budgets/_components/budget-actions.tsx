'use client'

import { useState } from 'react'
import { ArchiveButton } from '#components/archive-button.tsx'
import { ReasonDialog, type ReasonDialogProps } from '#components/reason-dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { archiveBudgetAction, requestIncreaseAction, updateBudgetAction } from '#lib/budgets/actions.ts'

type Props = { id: string; name: string; limitUsd: string }

/** Changes the limit at once, for who manages budgets. */
export function ChangeLimit(props: Props) {
  return (
    <LimitDialog
      {...props}
      title={`Change the limit of ${props.name}`}
      description="Every gateway keeps to it within a second. Thresholds that are shares of it move with it."
      action="Change limit"
      done="The limit is changed"
      variant="primary"
      save={updateBudgetAction}
    />
  )
}

/** Asks for a higher limit; somebody who manages budgets decides. */
export function RequestIncrease(props: Props) {
  return (
    <LimitDialog
      {...props}
      title={`Ask for more for ${props.name}`}
      description="Finance decides. The limit stays as it is until then."
      action="Request increase"
      done="Your request waits for Finance"
      variant="secondary"
      save={requestIncreaseAction}
    />
  )
}

export function ArchiveBudget({ id, name }: Props) {
  return (
    <ArchiveButton
      name={name}
      description="It limits nothing from then on. Its history stays."
      archive={() => archiveBudgetAction({ id })}
    />
  )
}

type Save = (input: unknown) => Promise<{ ok: true } | { ok: false; error: { message: string } }>

function LimitDialog({
  id,
  limitUsd,
  save,
  ...words
}: Pick<ReasonDialogProps, 'title' | 'description' | 'action' | 'done' | 'variant'> & Props & { save: Save }) {
  const [limit, setLimit] = useState(limitUsd)
  return (
    <ReasonDialog
      {...words}
      help="Stands in the history of the budget."
      save={reason => save({ id, limitUsd: limit.replaceAll(',', '').trim(), reason })}
    >
      <Field label="Limit">
        <Input prefix="USD" inputMode="decimal" value={limit} onValueChange={setLimit} />
      </Field>
    </ReasonDialog>
  )
}
