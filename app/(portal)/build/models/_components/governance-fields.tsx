'use client'

import type { SetValues } from '#components/form/use-form-values.ts'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field, FieldGroup } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ModelFormValues } from './model-form-values.ts'

const OPT_OUT = [
  { value: 'unknown', label: 'Not known' },
  { value: 'yes', label: 'Agreed: it does not train with it' },
  { value: 'no', label: 'Not agreed' },
]

type FieldsProps = {
  values: ModelFormValues
  errors: Record<string, string>
  set: SetValues<ModelFormValues>
  people: readonly { value: string; label: string }[]
}

/** What decisions about a model rest on, besides what it can do. The gateways do nothing because of these. */
export function GovernanceFields({ values, errors, set, people }: FieldsProps) {
  return (
    <>
      <FieldGroup legend="What decisions rest on">
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Owner" optional nativeLabel={false} help="Who answers for it here." error={errors.ownerId}>
            <Combobox
              aria-label="Owner"
              items={[...people]}
              value={values.ownerId || null}
              onValueChange={ownerId => set({ ownerId: ownerId ?? '' })}
            />
          </Field>
          <Field label="Review by" optional help="Whoever manages the catalog is reminded." error={errors.reviewBy}>
            <Input type="date" value={values.reviewBy} onValueChange={reviewBy => set({ reviewBy })} />
          </Field>
          <Field
            label="Kept by the provider"
            optional
            help="Days that it keeps what it is sent; 0 for none."
            error={errors.retentionDays}
          >
            <Input
              inputMode="numeric"
              suffix="days"
              value={values.retentionDays}
              onValueChange={retentionDays => set({ retentionDays })}
            />
          </Field>
          <Field label="Training opt-out" nativeLabel={false} help="Whether the provider may train with it.">
            <Select
              aria-label="Training opt-out"
              items={OPT_OUT}
              value={values.trainingOptOut}
              onValueChange={trainingOptOut => set({ trainingOptOut })}
            />
          </Field>
          <Field label="Lineage" optional help="Family, snapshot, base model." error={errors.lineage}>
            <Input
              value={values.lineage}
              placeholder="GPT-5 family, snapshot of 7 August 2025"
              onValueChange={lineage => set({ lineage })}
            />
          </Field>
          <Field label="Its provider ends it" optional help="A reminder; calls are refused from the sunset on.">
            <Input
              type="date"
              value={values.providerEndsOn}
              onValueChange={providerEndsOn => set({ providerEndsOn })}
            />
          </Field>
          {values.providerEndsOn ? (
            <Field label="Where it says so" error={errors.providerEnd}>
              <Input
                required
                value={values.providerEndSource}
                onValueChange={providerEndSource => set({ providerEndSource })}
              />
            </Field>
          ) : null}
        </div>
      </FieldGroup>
      <Field
        label="Model card"
        optional
        help="Markdown: what it is for, what it was measured on, where it fails."
        error={errors.modelCard}
      >
        <Textarea
          rows={8}
          value={values.modelCard}
          maxLength={40_000}
          onChange={event => set({ modelCard: event.target.value })}
        />
      </Field>
    </>
  )
}
