'use client'

import { lazy, type ReactElement, type ReactNode } from 'react'
import { OnDemand } from './on-demand.tsx'

const SheetPopup = lazy(() => import('./sheet-popup.tsx'))

export type SheetProps = {
  title: ReactNode
  description?: ReactNode
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  side?: 'left' | 'right'
  /** The full page of what the sheet shows. */
  href?: string
  footer?: ReactNode
  className?: string
  children: ReactNode
}

/** A panel at the side, over the list it came from. Full width on narrow screens. */
export function Sheet(props: SheetProps) {
  const { trigger, open, onOpenChange } = props
  return (
    <OnDemand trigger={trigger} open={open} onOpenChange={onOpenChange} haspopup="dialog">
      <SheetPopup {...props} />
    </OnDemand>
  )
}
