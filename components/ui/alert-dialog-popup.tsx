'use client'

import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import type { AlertDialogProps } from './alert-dialog.tsx'
import { scrimClass } from './popup.ts'

/** The window of AlertDialog; loaded when one is first opened. */
export default function AlertDialogPopup({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  footer,
  children,
}: AlertDialogProps) {
  return (
    <Base.Root open={open} defaultOpen={open === undefined} onOpenChange={onOpenChange}>
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className={scrimClass} />
        <Base.Popup className="popup-motion -translate-x-1/2 fixed top-[16vh] left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] overflow-hidden rounded-xl border border-line-strong bg-raised shadow-popup outline-none">
          <div className="flex flex-col gap-3 px-5 py-4.5">
            <div>
              <Base.Title className="font-medium text-lg">{title}</Base.Title>
              {description ? (
                <Base.Description className="mt-1 text-muted text-sm">{description}</Base.Description>
              ) : null}
            </div>
            {children}
          </div>
          <footer className="flex flex-wrap justify-end gap-2 border-line border-t bg-sunken px-5 py-3">
            {footer}
          </footer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

export const AlertDialogClose = Base.Close
