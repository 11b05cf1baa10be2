'use client'

import { lazy, type ReactElement, type ReactNode } from 'react'
import { OnDemand } from './on-demand.tsx'

const DialogPopup = lazy(() => import('./dialog-popup.tsx'))

export type DialogProps = {
  title: ReactNode
  description?: ReactNode
  /** The element that opens it, usually a <Button>; leave out when `open` is controlled. */
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Buttons at the bottom right; wrap the one that cancels in <DialogClose>. */
  footer?: ReactNode
  className?: string
  children?: ReactNode
}

/** A question or short form over the page. */
export function Dialog(props: DialogProps) {
  const { trigger, open, onOpenChange } = props
  return (
    <OnDemand trigger={trigger} open={open} onOpenChange={onOpenChange} haspopup="dialog">
      <DialogPopup {...props} />
    </OnDemand>
  )
}

/** Closes the dialog or sheet it stands in; give the button by `render`. */
export const DialogClose = lazy(() => import('./dialog-popup.tsx').then(module => ({ default: module.DialogClose })))
