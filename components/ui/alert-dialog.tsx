'use client'

import { lazy, type ReactElement, type ReactNode } from 'react'
import { OnDemand } from './on-demand.tsx'

const AlertDialogPopup = lazy(() => import('./alert-dialog-popup.tsx'))

export type AlertDialogProps = {
  title: ReactNode
  description?: ReactNode
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Buttons; wrap the one that cancels in <AlertDialogClose>. */
  footer: ReactNode
  children?: ReactNode
}

/** A question that must be answered: it does not close by a click beside it. For most uses take ConfirmDialog. */
export function AlertDialog(props: AlertDialogProps) {
  const { trigger, open, onOpenChange } = props
  return (
    <OnDemand trigger={trigger} open={open} onOpenChange={onOpenChange} haspopup="dialog">
      <AlertDialogPopup {...props} />
    </OnDemand>
  )
}

/** Closes the dialog it stands in; give the button by `render`. */
export const AlertDialogClose = lazy(() =>
  import('./alert-dialog-popup.tsx').then(module => ({ default: module.AlertDialogClose })),
)
