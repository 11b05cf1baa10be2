'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { Sheet } from '#components/ui/sheet.tsx'

/** A side sheet that is a route of its own (an intercepted one, or `?open=`): closing it goes back to the list. */
export function RouteSheet({
  closeHref,
  ...sheet
}: {
  title: ReactNode
  description?: ReactNode
  /** The full page of the record. */
  href?: string
  footer?: ReactNode
  /** The list with the filters it had. */
  closeHref: string
  children: ReactNode
}) {
  const router = useRouter()
  return <Sheet open onOpenChange={open => !open && router.push(closeHref, { scroll: false })} {...sheet} />
}
