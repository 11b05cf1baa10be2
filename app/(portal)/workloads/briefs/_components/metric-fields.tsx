'use client'

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { BriefContent } from '#core/workloads/brief.ts'

type Metrics = NonNullable<BriefContent['metrics']>
const EMPTY = { name: '', minimum: '', target: '' }

/** Measures of success, each with the least and what is aimed at. */
export function MetricFields({
  metrics,
  onChange,
}: {
  metrics: Metrics
  onChange: (change: (before: Metrics) => Metrics) => void
}) {
  const rows = shownOf(metrics)
  const [ids, setIds] = useState(() => rows.map((_, index) => index))
  const idOf = (at: number) => ids[at] ?? -at
  const set = (at: number, change: Partial<Metrics[number]>) =>
    onChange(before => shownOf(before).map((row, index) => (index === at ? { ...row, ...change } : row)))
  return (
    <div className="flex flex-col gap-4">
      {rows.map((row, at) => (
        <div key={idOf(at)} className="grid items-end gap-3 sm:grid-cols-[1fr_7rem_7rem_auto]">
          <Field label="Measure">
            <Input
              maxLength={120}
              placeholder="Solved at first contact"
              value={row.name}
              onValueChange={name => set(at, { name })}
            />
          </Field>
          <Field label="At least">
            <Input
              maxLength={60}
              placeholder="60 %"
              value={row.minimum}
              onValueChange={minimum => set(at, { minimum })}
            />
          </Field>
          <Field label="Aiming at">
            <Input maxLength={60} placeholder="75 %" value={row.target} onValueChange={target => set(at, { target })} />
          </Field>
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove measure ${at + 1}`}
            onClick={() => {
              setIds(before => before.filter(id => id !== idOf(at)))
              onChange(before => shownOf(before).filter((_, index) => index !== at))
            }}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="sm"
          disabled={rows.length >= 12}
          onClick={() => {
            setIds(before => [...before, Math.max(-1, ...before) + 1])
            onChange(before => [...shownOf(before), EMPTY])
          }}
        >
          <Plus aria-hidden />
          Another measure
        </Button>
      </div>
    </div>
  )
}

/** Nobody begins with an empty list. */
function shownOf(metrics: Metrics): Metrics {
  return metrics.length > 0 ? metrics : [EMPTY]
}
