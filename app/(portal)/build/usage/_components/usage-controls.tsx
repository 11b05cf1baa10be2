'use client'

import { CalendarDays } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { SegmentedControl } from '#components/ui/segmented-control.tsx'
import { Select } from '#components/ui/select.tsx'
import { RANGES, type RangeName } from './usage-range.ts'

const ALL_TEAMS = 'all'

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

function CustomPeriod({
  active,
  from,
  to,
  onChange,
}: {
  active: boolean
  from: string
  to: string
  onChange: (changes: Record<string, string | null>) => void
}) {
  const [open, setOpen] = useState(false)
  function apply(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    onChange({ from: String(data.get('from')), to: String(data.get('to')), range: null })
    setOpen(false)
  }
  return (
    <Popover
      align="end"
      title="Days of your choice"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button className={active ? 'border-accent/60' : 'font-normal text-muted'}>
          <CalendarDays aria-hidden />
          {active ? `${from} to ${to}` : 'Custom'}
        </Button>
      }
    >
      <form onSubmit={apply} className="flex flex-col gap-3">
        <Field label="From" name="from">
          <Input type="date" name="from" required defaultValue={from} />
        </Field>
        <Field label="To, included" name="to" help="Days are in UTC. At most 400 of them.">
          <Input type="date" name="to" required defaultValue={to} />
        </Field>
        <Button type="submit" variant="primary" className="self-end">
          Show
        </Button>
      </form>
    </Popover>
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
