'use client'

import { CalendarDays } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Popover } from '#components/ui/popover.tsx'

/** Any days: the button says which are shown, behind it they are chosen. */
export default function CustomPeriod({
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
