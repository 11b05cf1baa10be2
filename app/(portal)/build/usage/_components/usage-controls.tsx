'use client'

import dynamic from 'next/dynamic'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { SegmentedControl } from '#components/ui/segmented-control.tsx'
import { Select } from '#components/ui/select.tsx'
import { RANGES, type RangeName } from './usage-range.ts'

const ALL_TEAMS = 'all'

const CustomPeriod = dynamic(() => import('./custom-period.tsx'), {
  ssr: false,
  loading: () => <div aria-hidden className="h-8 w-26 rounded-lg border border-line-strong" />,
})

/** Period and team of the page, held in the address. */
export function UsageControls({
  range,
  from,
  to,
  teams,
  teamId,
}: {
  range: RangeName
  /** The days shown, for the custom period (2026-01-31). */
  from: string
  to: string
  teams?: readonly { id: string; name: string }[]
  teamId?: string
}) {
  const change = useAddress()
  return (
    <>
      {teams && teams.length > 1 ? (
        <Select
          aria-label="Team"
          className="w-48"
          items={[
            { value: ALL_TEAMS, label: 'All teams' },
            ...teams.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={teamId ?? ALL_TEAMS}
          onValueChange={team => change({ team: team === ALL_TEAMS ? null : team })}
        />
      ) : null}
      <SegmentedControl
        label="Period"
        items={RANGES}
        value={range as (typeof RANGES)[number]['value']}
        onValueChange={next => change({ range: next, from: null, to: null })}
      />
      <CustomPeriod active={range === 'custom'} from={from} to={to} onChange={change} />
    </>
  )
}

function useAddress() {
  const router = useRouter()
  const pathname = usePathname()
  const search = useSearchParams()
  return (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(search)
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) next.delete(key)
      else next.set(key, value)
    }
    router.push(`${pathname}?${next}`, { scroll: false })
  }
}
