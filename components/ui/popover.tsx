'use client'

import { lazy, type ReactElement, type ReactNode } from 'react'
import { OnDemand } from './on-demand.tsx'

const PopoverPopup = lazy(() => import('./popover-popup.tsx'))

export type PopoverProps = {
  trigger: ReactElement
  title?: ReactNode
  align?: 'start' | 'center' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  className?: string
  children: ReactNode
}

/** A small panel beside the button that opens it. */
export function Popover(props: PopoverProps) {
  const { trigger, open, onOpenChange } = props
  return (
    <OnDemand trigger={trigger} open={open} onOpenChange={onOpenChange} haspopup="dialog">
      <PopoverPopup {...props} />
    </OnDemand>
  )
}
