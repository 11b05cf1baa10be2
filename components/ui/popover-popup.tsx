'use client'

import { Popover as Base } from '@base-ui/react/popover'
import { cn } from '#components/cn.ts'
import type { PopoverProps } from './popover.tsx'
import { popupClass } from './popup.ts'

/** The panel of Popover; loaded when one is first opened. */
export default function PopoverPopup({
  trigger,
  title,
  align = 'start',
  open,
  onOpenChange,
  className,
  children,
}: PopoverProps) {
  return (
    <Base.Root defaultOpen={open === undefined} open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} className="z-50">
          <Base.Popup className={cn(popupClass, 'w-72 max-w-[calc(100vw-1rem)] p-3', className)}>
            {title ? <Base.Title className="mb-2 font-medium text-sm">{title}</Base.Title> : null}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
