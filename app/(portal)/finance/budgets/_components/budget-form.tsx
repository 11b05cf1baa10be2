'use client'

import { useRouter } from 'next/navigation'
import { choicesOf } from '#components/form/choices.ts'
import { FormActions } from '#components/form/form-actions.tsx'
import { TimeZoneField } from '#components/form/time-zone-field.tsx'
import { useFormValues } from '#components/form/use-form-values.ts'
import { useSubmit, withParts } from '#components/form/use-submit.ts'
import { inSentence } from '#components/format.ts'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { BudgetScope } from '#core/budgets/budget.ts'
import { createBudgetAction } from '#lib/budgets/actions.ts'
import { SCOPE_LABELS, WINDOW_LABELS } from './budget-words.ts'
import type { TargetChoices } from './target-choices.ts'
import { ThresholdFields, type ThresholdText, toThresholds } from './threshold-fields.tsx'

const SCOPES: BudgetScope[] = ['organization', 'team', 'workload', 'useCase', 'person', 'key', 'model', 'provider']
type Recurring = Exclude<keyof typeof WINDOW_LABELS, 'fixed'>

type Values = {
  name: string
  scope: BudgetScope
  target: string
  kind: Recurring | 'fixed'
  timeZone: string
  start: string
  end: string
  limitUsd: string
  thresholds: ThresholdText[]
  reason: string
}

const EMPTY: Values = {
  name: '',
  scope: 'team',
  target: '',
  kind: 'month',
  timeZone: 'UTC',
  start: '',
  end: '',
  limitUsd: '',
  thresholds: [
    { percent: '80', action: 'warn' },
    { percent: '100', action: 'stop' },
  ],
  reason: '',
}

/** The one form of a budget. Each help text says what gateways do because of the value. */
export function BudgetForm({ targets }: { targets: TargetChoices }) {
  const [values, set] = useFormValues(EMPTY)
  const { submit, pending, problem, errors: exact } = useSubmit(createBudgetAction)
  const errors = withParts(exact)
  const router = useRouter()

  const send = () => submit(toInput(values), ({ id }) => router.push(`/finance/budgets/${id}`))

  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
      className="flex max-w-xl flex-col gap-5"
    >
      <Field label="Name" error={errors.name}>
        <Input required maxLength={80} value={values.name} onValueChange={name => set({ name })} autoComplete="off" />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Covers" nativeLabel={false} error={errors.scope}>
          <Select
            items={SCOPES.map(value => ({ value, label: SCOPE_LABELS[value] }))}
            value={values.scope}
            onValueChange={scope => set({ scope: scope as BudgetScope, target: '' })}
          />
        </Field>
        <TargetField values={values} set={set} targets={targets} error={errors.target} />
      </div>
      <WindowFields values={values} set={set} error={errors.window} />
      <Field label="Limit" error={errors.limitUsd} help="What calls may cost in each period.">
        <Input
          required
          prefix="USD"
          inputMode="decimal"
          value={values.limitUsd}
          onValueChange={limitUsd => set({ limitUsd })}
        />
      </Field>
      <ThresholdFields
        value={values.thresholds}
        onChange={change => set(before => ({ thresholds: change(before.thresholds) }))}
        error={errors.thresholds}
      />
      <Field label="Reason" optional help="Stands in the history of the budget.">
        <Input maxLength={500} value={values.reason} onValueChange={reason => set({ reason })} />
      </Field>
      <FormActions
        action="Set budget"
        refused="No budget was set"
        pending={pending}
        problem={problem}
        cancelHref="/finance/budgets"
        onSubmit={send}
      />
    </form>
  )
}

type Part = { values: Values; set: (change: Partial<Values>) => void; error: string | undefined }

function TargetField({ values, set, targets, error }: Part & { targets: TargetChoices }) {
  const { scope, target } = values
  if (scope === 'organization' || scope === 'agent') return null
  if (scope === 'workload' || scope === 'useCase') {
    const header = scope === 'workload' ? 'x-gatehouse-workload' : 'x-gatehouse-use-case'
    return (
      <Field label={SCOPE_LABELS[scope]} help={`As callers send it in ${header}.`} error={error}>
        <Input required maxLength={128} value={target} onValueChange={next => set({ target: next })} />
      </Field>
    )
  }
  return (
    <Field label={`Which ${inSentence(SCOPE_LABELS[scope])}`} nativeLabel={false} error={error}>
      <Combobox items={targets[scope]} value={target} onValueChange={next => set({ target: next ?? '' })} />
    </Field>
  )
}

function WindowFields({ values, set, error }: Part) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Period" nativeLabel={false} error={error}>
        <Select
          items={choicesOf(WINDOW_LABELS)}
          value={values.kind}
          onValueChange={kind => set({ kind: kind as Values['kind'] })}
        />
      </Field>
      <TimeZoneField
        help="Periods begin at midnight there."
        value={values.timeZone}
        onValueChange={timeZone => set({ timeZone })}
      />
      {values.kind === 'fixed' ? (
        <>
          <Field label="First day" help="Days are in UTC.">
            <Input type="date" required value={values.start} onValueChange={start => set({ start })} />
          </Field>
          <Field label="First day after it">
            <Input type="date" required value={values.end} onValueChange={end => set({ end })} />
          </Field>
        </>
      ) : null}
    </div>
  )
}

function toInput(values: Values) {
  const { name, scope, target, kind, timeZone, start, end, limitUsd, thresholds, reason } = values
  const days = { start: `${start}T00:00:00Z`, end: `${end}T00:00:00Z` }
  return {
    name,
    scope,
    target: scope === 'organization' || target === '' ? null : target,
    window: kind === 'fixed' ? { kind, timeZone, ...days } : { kind, timeZone },
    limitUsd: limitUsd.replaceAll(',', '').trim(),
    thresholds: toThresholds(thresholds),
    reason,
  }
}
