'use client'

import { Plus, X } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Combobox } from '#components/ui/combobox.tsx'
import { FieldGroup, FieldRow } from '#components/ui/field.tsx'
import type { SubstituteText } from './model-form-values.ts'

type Props = {
  value: readonly SubstituteText[]
  onChange: (change: (before: readonly SubstituteText[]) => SubstituteText[]) => void
  models: readonly { value: string; label: string; hint?: string }[]
  error: string | undefined
}

/** Who may stand in for the model, best first, and when. */
export function SubstituteFields({ value, onChange, models, error }: Props) {
  const change = (index: number, part: Partial<SubstituteText>) =>
    onChange(before => before.map((each, at) => (at === index ? { ...each, ...part } : each)))
  return (
    <FieldGroup legend="Equivalents, best first">
      {value.map((substitute, index) => (
        <div
          key={`substitute-${String(index)}`}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2 gap-y-2 sm:grid-cols-[minmax(0,1fr)_auto_auto_auto]"
        >
          <Combobox
            aria-label={`Equivalent ${index + 1}`}
            items={models}
            value={substitute.modelId}
            onValueChange={modelId => change(index, { modelId: modelId ?? '' })}
          />
          <Button
            size="icon"
            variant="ghost"
            className="sm:order-last"
            aria-label={`Remove equivalent ${index + 1}`}
            onClick={() => onChange(before => before.filter((_, at) => at !== index))}
          >
            <X aria-hidden />
          </Button>
          <FieldRow label="in an outage">
            <Checkbox checked={substitute.outage} onCheckedChange={outage => change(index, { outage })} />
          </FieldRow>
          <FieldRow label="when a budget asks">
            <Checkbox checked={substitute.budget} onCheckedChange={budget => change(index, { budget })} />
          </FieldRow>
        </div>
      ))}
      {error ? <p className="text-bad-text text-xs">{error}</p> : null}
      <p className="text-muted text-xs">
        In an outage calls go to the first one that can serve them, in the same request. When a budget asks for the
        cheaper one, calls go there before the model itself is tried.
      </p>
      <div>
        <Button size="sm" onClick={() => onChange(before => [...before, { modelId: '', outage: true, budget: false }])}>
          <Plus aria-hidden />
          Add equivalent
        </Button>
      </div>
    </FieldGroup>
  )
}
