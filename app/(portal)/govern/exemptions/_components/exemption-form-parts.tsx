'use client'

import { Combobox, MultiCombobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ExemptionKind, ExemptionSubjectKind } from '#core/exemptions/exemption.ts'
import type { Choice, ExemptionChoices } from '#lib/exemptions/choices.ts'
import type { ExemptionFormValues } from './exemption-form-values.ts'
import {
  KIND_EFFECTS,
  KIND_LABELS,
  KINDS,
  METHOD_LABELS,
  RATING_LABELS,
  SUBJECT_LABELS,
  SUBJECTS,
} from './exemption-words.ts'

export type FormPart = {
  values: ExemptionFormValues
  set: (change: Partial<ExemptionFormValues>) => void
  errors: Record<string, string>
}

/** Whom it is for. */
export function SubjectFields({ values, set, errors, choices }: FormPart & { choices: ExemptionChoices }) {
  const { subjectKind, target, teamId } = values
  const named = subjectKind === 'workload' || subjectKind === 'useCase'
  const items = { team: choices.teams, person: choices.people, key: choices.keys, workload: [], useCase: [] }[
    subjectKind
  ]
  const header = subjectKind === 'workload' ? 'x-gatehouse-workload' : 'x-gatehouse-use-case'
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="For" nativeLabel={false}>
        <Select
          items={SUBJECTS.map(value => ({ value, label: SUBJECT_LABELS[value] }))}
          value={subjectKind}
          onValueChange={kind => set({ subjectKind: kind as ExemptionSubjectKind, target: '' })}
        />
      </Field>
      {named ? (
        <>
          <Field
            label={SUBJECT_LABELS[subjectKind]}
            help={`As callers send it in ${header}.`}
            error={errors['subject.target']}
          >
            <Input required maxLength={128} value={target} onValueChange={next => set({ target: next })} />
          </Field>
          <Field
            label="Of which team"
            nativeLabel={false}
            help="The name is believed of this team’s keys only."
            error={errors['subject.teamId']}
          >
            <Combobox items={choices.teams} value={teamId} onValueChange={next => set({ teamId: next ?? '' })} />
          </Field>
        </>
      ) : (
        <Field
          label={`Which ${SUBJECT_LABELS[subjectKind].toLowerCase()}`}
          nativeLabel={false}
          error={errors['subject.target']}
        >
          <Combobox items={items} value={target} onValueChange={next => set({ target: next ?? '' })} />
        </Field>
      )}
    </div>
  )
}

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

/** How risky it is, by which method, and what makes up for it. */
export function RiskFields({ values, set, errors }: FormPart) {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Risk" nativeLabel={false} error={errors['risk.rating']}>
          <Select
            items={Object.entries(RATING_LABELS).map(([value, label]) => ({ value, label }))}
            value={values.riskRating}
            onValueChange={riskRating => set({ riskRating })}
          />
        </Field>
        <Field label="How it was judged" nativeLabel={false}>
          <Select
            items={Object.entries(METHOD_LABELS).map(([value, label]) => ({ value, label }))}
            value={values.riskMethod}
            onValueChange={riskMethod => set({ riskMethod })}
          />
        </Field>
      </div>
      <Field label="Risk assessment" help="What can go wrong, how likely, how bad." error={errors['risk.text']}>
        <Textarea
          required
          rows={3}
          maxLength={2000}
          value={values.riskText}
          onChange={event => set({ riskText: event.target.value })}
        />
      </Field>
      <Field
        label="Compensating controls"
        optional
        help="What makes up for the rule, one a line."
        error={errors.controls}
      >
        <Textarea rows={2} value={values.controls} onChange={event => set({ controls: event.target.value })} />
      </Field>
    </>
  )
}

/** When it ends before its time. */
export function ConditionFields({ values, set, errors }: FormPart) {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label="Spend cap"
          optional={values.kind !== 'cost'}
          help="Its calls beyond this are refused with 402."
          error={errors.spendCapUsd}
        >
          <Input
            prefix="USD"
            inputMode="decimal"
            value={values.spendCapUsd}
            onValueChange={spendCapUsd => set({ spendCapUsd })}
          />
        </Field>
        <Field
          label="Call cap"
          optional
          help="Calls beyond so many are refused with 402, and it ends."
          error={errors.requestCap}
        >
          <Input inputMode="numeric" value={values.requestCap} onValueChange={requestCap => set({ requestCap })} />
        </Field>
      </div>
      <Field
        label="To be vouched for"
        optional
        help="What no machine can check, one a line."
        error={errors.attestations}
      >
        <Textarea rows={2} value={values.attestations} onChange={event => set({ attestations: event.target.value })} />
      </Field>
      <Field
        label="Review by the end of"
        optional
        help="In UTC. It shows as overdue when nobody has reviewed it by then."
      >
        <Input type="date" value={values.reviewBy} onValueChange={reviewBy => set({ reviewBy })} />
      </Field>
    </>
  )
}
