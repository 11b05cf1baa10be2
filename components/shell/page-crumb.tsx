'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Crumb } from '#components/ui/breadcrumb.tsx'

type CrumbState = { crumbs: readonly Crumb[]; setCrumbs: (crumbs: readonly Crumb[]) => void }

const CrumbContext = createContext<CrumbState>({ crumbs: [], setCrumbs: () => undefined })

/** Holds the crumbs a page adds behind those of its navigation entry. */
export function CrumbProvider({ children }: { children: ReactNode }) {
  const [crumbs, setCrumbs] = useState<readonly Crumb[]>([])
  return <CrumbContext value={{ crumbs, setCrumbs }}>{children}</CrumbContext>
}

/** The crumbs the open page added. */
export function usePageCrumbs(): readonly Crumb[] {
  return useContext(CrumbContext).crumbs
}

/** Adds the name of the open record or sub-page to the breadcrumb in the header: "EX-041", "New key". */
export function PageCrumb({ label, parents = [] }: { label: string; parents?: readonly Crumb[] }) {
  const { setCrumbs } = useContext(CrumbContext)
  const all = JSON.stringify([...parents, { label }])
  useEffect(() => {
    setCrumbs(JSON.parse(all))
    return () => setCrumbs([])
  }, [all, setCrumbs])
  return null
}
