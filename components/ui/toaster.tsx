'use client'

import { CircleCheck, CircleX, Info, LoaderCircle, TriangleAlert } from 'lucide-react'
import { Toaster as Sonner } from 'sonner'

/** Where toasts appear. Toasts tell results that arrive later; what a form did is said in the form. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      icons={{
        success: <CircleCheck className="size-4 text-ok-text" />,
        error: <CircleX className="size-4 text-bad-text" />,
        warning: <TriangleAlert className="size-4 text-warn-text" />,
        info: <Info className="size-4 text-info-text" />,
        loading: <LoaderCircle className="size-4 animate-spin text-muted" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-88 items-start gap-2.5 rounded-lg border border-line-strong bg-raised px-3.5 py-3 text-ink text-sm shadow-popup',
          icon: 'mt-0.5 shrink-0',
          title: 'font-medium',
          description: 'text-muted',
          content: 'min-w-0 flex-1',
          actionButton: 'shrink-0 rounded-md border border-line-strong px-2 py-0.5 font-medium hover:bg-hover',
          cancelButton: 'shrink-0 rounded-md px-2 py-0.5 text-muted hover:bg-hover',
        },
      }}
    />
  )
}
