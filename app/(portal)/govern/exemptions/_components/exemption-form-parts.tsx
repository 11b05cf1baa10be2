'use client'

import { choicesOf } from '#components/form/choices.ts'
import { inSentence } from '#components/format.ts'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ExemptionSubjectKind } from '#core/exemptions/exemption.ts'
import type { ExemptionChoices } from '#lib/exemptions/choices.ts'
import type { ExemptionFormValues } from './exemption-form-values.ts'
import { METHOD_LABELS, RATING_LABELS, SUBJECT_LABELS, SUBJECTS } from './exemption-words.ts'

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
          label={`Which ${inSentence(SUBJECT_LABELS[subjectKind])}`}
          nativeLabel={false}
          error={errors['subject.target']}
        >
          <Combobox items={items} value={target} onValueChange={next => set({ target: next ?? '' })} />
        </Field>
      )}
    </div>
  )
}

/** How risky it is, by which method, and what makes up for it. */
export function RiskFields({ values, set, errors }: FormPart) {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Risk" nativeLabel={false} error={errors['risk.rating']}>
          <Select
            items={choicesOf(RATING_LABELS)}
            value={values.riskRating}
            onValueChange={riskRating => set({ riskRating })}
          />
        </Field>
        <Field label="How it was judged" nativeLabel={false}>
          <Select
            items={choicesOf(METHOD_LABELS)}
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
