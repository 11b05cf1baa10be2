'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { SegmentedControl } from '#components/ui/segmented-control.tsx'
import { RANGES, type Range } from './request-filters.ts'

const items = (Object.keys(RANGES) as Range[]).map(value => ({ value, label: RANGES[value].label }))

/** Which period the explorer shows, held in the URL. */
export function RangeControl({ range }: { range: Range }) {
  const router = useRouter()
  const search = useSearchParams()
  function choose(value: Range) {
    const next = new URLSearchParams(search)
    next.set('range', value)
    next.delete('cursor')
    router.push(`/operate/requests?${next}`, { scroll: false })
  }
  return <SegmentedControl label="Period" items={items} value={range} onValueChange={choose} />
}
