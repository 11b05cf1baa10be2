'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef } from 'react'
import { cn } from '#components/cn.ts'
import { Button } from './button.tsx'
import type { DialogProps } from './dialog.tsx'
import { scrimClass } from './popup.ts'

const FIELDS = ':is(input, textarea, select, [role=combobox]):not([disabled], [type=hidden])'

/** The window of Dialog; loaded when one is first opened. */
export default function DialogPopup({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  footer,
  className,
  children,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  // What is to be filled in comes first, but for a finger: that would open the keyboard over the rest.
  const firstField = (by: string) =>
    by === 'touch' ? null : (popup.current?.querySelector<HTMLElement>(FIELDS) ?? null)
  return (
    <Base.Root open={open} defaultOpen={open === undefined} onOpenChange={onOpenChange}>
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className={scrimClass} />
        <Base.Popup
          ref={popup}
          initialFocus={firstField}
          className={cn(
            'popup-motion -translate-x-1/2 fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[min(32rem,calc(100vw-2rem))] flex-col overflow-hidden rounded-xl border border-line-strong bg-raised shadow-popup outline-none',
            className,
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4.5">
            <div>
              <Base.Title className="font-medium text-lg">{title}</Base.Title>
              {description ? (
                <Base.Description className="mt-0.5 text-muted text-sm">{description}</Base.Description>
              ) : null}
            </div>
            <Base.Close render={<Button variant="ghost" size="icon-sm" aria-label="Close" className="-mr-1.5" />}>
              <X />
            </Base.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t bg-sunken px-5 py-3">
              {footer}
            </footer>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** Closes the dialog or sheet it stands in; give the button by `render`. */
export const DialogClose = Base.Close
