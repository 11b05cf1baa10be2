'use client'

import { MultiCombobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

/** Whom a model is for, as its form holds it: names with commas between them. */
export type OnlyForText = { useCases: string; teamIds: string[]; workloads: string }

/** Whom a model is for. What stays empty asks for nothing; all that is filled in has to hold. */
export function OnlyForFields({
  value,
  onChange,
  teams,
}: {
  value: OnlyForText
  onChange: (change: (before: OnlyForText) => OnlyForText) => void
  teams: readonly { value: string; label: string }[]
}) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field
        label="Only for use cases"
        optional
        help="Commas between them. A call that does not name one of these in x-gatehouse-use-case is refused."
      >
        <Input
          value={value.useCases}
          placeholder="ticket-triage"
          onValueChange={useCases => onChange(before => ({ ...before, useCases }))}
        />
      </Field>
      <Field label="Only for teams" optional nativeLabel={false} help="Keys of other teams are refused.">
        <MultiCombobox
          aria-label="Only for teams"
          items={[...teams]}
          value={value.teamIds}
          onValueChange={teamIds => onChange(before => ({ ...before, teamIds }))}
        />
      </Field>
      <Field label="Only for workloads" optional help="As callers send them in x-gatehouse-workload.">
        <Input
          value={value.workloads}
          placeholder="support-assistant"
          onValueChange={workloads => onChange(before => ({ ...before, workloads }))}
        />
      </Field>
    </div>
  )
}
