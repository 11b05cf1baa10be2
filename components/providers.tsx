'use client'

import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'

// Toasts come after something happened, so their code may come after the page.
const Toaster = dynamic(() => import('#components/ui/toaster.tsx').then(module => module.Toaster), { ssr: false })

/** What every page needs in the browser: toasts. What is looked up from the browser stands in a LookupProvider. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <Toaster />
    </>
  )
}
