'use client'

import { useRouter } from 'next/navigation'
import { Select } from '#components/ui/select.tsx'

const ALL = 'all'

/** Keeps the list to one kind of news. */
export function KindFilter({
  kinds,
  kind,
  view,
}: {
  kinds: { value: string; label: string }[]
  kind: string | null
  view: string
}) {
  const router = useRouter()
  return (
    <Select
      aria-label="Kind of news"
      className="w-full sm:w-80"
      items={[{ value: ALL, label: 'Every kind of news' }, ...kinds]}
      value={kind ?? ALL}
      onValueChange={next => router.replace(`/inbox?view=${view}${next === ALL ? '' : `&kind=${next}`}`)}
    />
  )
}
