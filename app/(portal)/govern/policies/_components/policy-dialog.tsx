'use client'

import { ReasonDialog, type ReasonDialogProps } from '#components/reason-dialog.tsx'

/** A dialog about one policy: its fields, a reason that stands in the history, and one action. */
export function PolicyDialog(props: Omit<ReasonDialogProps, 'help' | 'optional'>) {
  return <ReasonDialog {...props} optional={!props.needed} help="Stands in the history of the policy." />
}
