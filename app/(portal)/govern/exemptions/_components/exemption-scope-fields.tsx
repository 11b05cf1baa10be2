'use client'

import { Combobox, MultiCombobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ExemptionKind } from '#core/exemptions/exemption.ts'
import type { Choice, ExemptionChoices } from '#lib/exemptions/choices.ts'
import type { FormPart } from './exemption-form-parts.tsx'
import { KIND_EFFECTS, KIND_LABELS, KINDS } from './exemption-words.ts'

/** What it is from. */
export function ScopeFields({ values, set, errors, choices }: FormPart & { choices: ExemptionChoices }) {
  const { kind } = values
  const tier = (
    <Field
      label={kind === 'tier' ? 'Tier that may be sent' : 'Tier ceiling'}
      nativeLabel={false}
      optional={kind !== 'tier'}
      help={kind === 'tier' ? undefined : 'Data above it is not covered.'}
      error={errors.tier}
    >
      <Combobox items={choices.tiers} value={values.tier} onValueChange={next => set({ tier: next ?? '' })} />
    </Field>
  )
  return (
    <>
      <Field label="From which rule" nativeLabel={false} help={KIND_EFFECTS[kind]} error={errors.kind}>
        <Select
          items={KINDS.map(value => ({ value, label: KIND_LABELS[value] }))}
          value={kind}
          onValueChange={next => set({ kind: next as ExemptionKind })}
        />
      </Field>
      {kind === 'model' || kind === 'tier' ? (
        <Many
          label="Models"
          items={choices.models}
          value={values.modelIds}
          error={errors.modelIds}
          onChange={modelIds => set({ modelIds })}
        />
      ) : null}
      {kind === 'tier' ? (
        <Many
          label="Providers"
          optional
          items={choices.providers}
          value={values.providerIds}
          error={errors.providerIds}
          onChange={providerIds => set({ providerIds })}
        />
      ) : null}
      {kind === 'cost' ? (
        <Many
          label="Budgets"
          items={choices.budgets}
          value={values.budgetIds}
          error={errors.budgetIds}
          onChange={budgetIds => set({ budgetIds })}
        />
      ) : null}
      {kind === 'guardrail' ? (
        <Many
          label="Guardrails"
          items={choices.guardrails}
          value={values.guardrailIds}
          error={errors.guardrailIds}
          onChange={guardrailIds => set({ guardrailIds })}
        />
      ) : null}
      {kind === 'tool_policy' ? (
        <Field label="Tools" help="One a line." error={errors.tools}>
          <Textarea rows={2} value={values.tools} onChange={event => set({ tools: event.target.value })} />
        </Field>
      ) : (
        tier
      )}
    </>
  )
}

function Many({
  label,
  items,
  value,
  error,
  optional,
  onChange,
}: {
  label: string
  items: readonly Choice[]
  value: readonly string[]
  error: string | undefined
  optional?: boolean
  onChange: (value: string[]) => void
}) {
  return (
    <Field label={label} nativeLabel={false} error={error} optional={optional}>
      <MultiCombobox aria-label={label} items={items} value={value} onValueChange={onChange} />
    </Field>
  )
}
