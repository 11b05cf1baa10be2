'use client'

import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from 'react'

/**
 * Shows the trigger alone until it is first pressed or `open` becomes true, and only then the children, whose code may
 * be lazy: popups are large and most pages are read without opening one. Children start with `defaultOpen`.
 */
export function OnDemand({
  trigger,
  open,
  onOpenChange,
  haspopup,
  children,
}: {
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  haspopup: 'dialog' | 'menu'
  children: ReactNode
}) {
  const [wanted, setWanted] = useState(false)
  if (open && !wanted) setWanted(true)
  if (wanted || open) return <Suspense fallback={trigger}>{children}</Suspense>
  if (!trigger) return null
  const want = () => {
    setWanted(true)
    onOpenChange?.(true)
  }
  return cloneElement(trigger as ReactElement<Record<string, unknown>>, { onClick: want, 'aria-haspopup': haspopup })
}
