'use client'

import dynamic from 'next/dynamic'
import type { SelectProps } from '#components/ui/select.tsx'

/** Controls whose code comes after the page is drawn; their place is kept meanwhile. */
export const LateSelect = dynamic(() => import('#components/ui/select.tsx').then(module => module.Select<string>), {
  ssr: false,
  loading: Placeholder,
}) as (props: SelectProps<string>) => React.ReactNode

export const LateCombobox = dynamic(() => import('#components/ui/combobox.tsx').then(module => module.Combobox), {
  ssr: false,
  loading: Placeholder,
})

export const LateMultiCombobox = dynamic(
  () => import('#components/ui/combobox.tsx').then(module => module.MultiCombobox),
  { ssr: false, loading: Placeholder },
)

function Placeholder() {
  return <div aria-hidden className="h-8.5 w-full rounded-lg border border-line-strong bg-surface" />
}
