'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { Maximize2, X } from 'lucide-react'
import { cn } from '#components/cn.ts'
import { Button, ButtonLink } from './button.tsx'
import { scrimClass } from './popup.ts'
import type { SheetProps } from './sheet.tsx'

const sideClass = {
  right: 'right-0 border-l data-ending-style:translate-x-8 data-starting-style:translate-x-8',
  left: 'left-0 border-r data-ending-style:-translate-x-8 data-starting-style:-translate-x-8',
}

/** The panel of Sheet; loaded when one is first opened. */
export default function SheetPopup(props: SheetProps) {
  const { title, description, trigger, open, onOpenChange, side = 'right', href, footer, className, children } = props
  return (
    <Base.Root open={open} defaultOpen={open === undefined} onOpenChange={onOpenChange}>
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className={scrimClass} />
        <Base.Popup
          className={cn(
            'fixed inset-y-0 z-50 flex w-[min(40rem,100vw)] flex-col border-line-strong bg-surface shadow-popup outline-none transition-[transform,opacity] duration-150 ease-out data-ending-style:opacity-0 data-starting-style:opacity-0',
            sideClass[side],
            className,
          )}
        >
          <header className="flex items-start justify-between gap-4 border-line border-b px-5 py-3.5">
            <div className="min-w-0">
              <Base.Title className="font-medium text-lg">{title}</Base.Title>
              {description ? <Base.Description className="text-muted text-sm">{description}</Base.Description> : null}
            </div>
            <div className="-mr-1.5 flex gap-1">
              {href ? (
                <ButtonLink href={href} variant="ghost" size="icon-sm" aria-label="Open the full page">
                  <Maximize2 className="size-3.5" />
                </ButtonLink>
              ) : null}
              <Base.Close render={<Button variant="ghost" size="icon-sm" aria-label="Close" />}>
                <X />
              </Base.Close>
            </div>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer ? <footer className="flex flex-wrap gap-2 border-line border-t px-5 py-3">{footer}</footer> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
