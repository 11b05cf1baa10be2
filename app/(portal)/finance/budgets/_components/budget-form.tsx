'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
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
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')]

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
  const [values, setValues] = useState(EMPTY)
  const [problem, setProblem] = useState<{ message: string; fields: Record<string, string> }>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const set = (change: Partial<Values>) => setValues(before => ({ ...before, ...change }))
  const errors = problem?.fields ?? {}

  function submit(event: FormEvent) {
    event.preventDefault()
    setProblem(undefined)
    startTransition(async () => {
      const result = await createBudgetAction(toInput(values))
      if (result.ok) return router.push(`/finance/budgets/${result.data.id}`)
      const fields = result.error.fields.map(({ field, message }) => [field.split('.')[0] ?? '', message])
      setProblem({ message: result.error.message, fields: Object.fromEntries(fields) })
    })
  }

  return (
    <form onSubmit={submit} className="flex max-w-xl flex-col gap-5">
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
        onChange={change => setValues(before => ({ ...before, thresholds: change(before.thresholds) }))}
        error={errors.thresholds}
      />
      <Field label="Reason" optional help="Stands in the history of the budget.">
        <Input maxLength={500} value={values.reason} onValueChange={reason => set({ reason })} />
      </Field>
      {problem ? (
        <Callout tone="bad" live title="No budget was set">
          {problem.message}
        </Callout>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          Set budget
        </Button>
        <ButtonLink href="/finance/budgets" variant="ghost" size="lg">
          Cancel
        </ButtonLink>
      </div>
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
    <Field label={`Which ${SCOPE_LABELS[scope]}`} nativeLabel={false} error={error}>
      <Combobox items={targets[scope]} value={target} onValueChange={next => set({ target: next ?? '' })} />
    </Field>
  )
}

function WindowFields({ values, set, error }: Part) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Period" nativeLabel={false} error={error}>
        <Select
          items={Object.entries(WINDOW_LABELS).map(([value, label]) => ({ value, label }))}
          value={values.kind}
          onValueChange={kind => set({ kind: kind as Values['kind'] })}
        />
      </Field>
      <Field label="Time zone" nativeLabel={false} help="Periods begin at midnight there.">
        <Combobox
          items={ZONES.map(zone => ({ value: zone, label: zone }))}
          value={values.timeZone}
          onValueChange={timeZone => set({ timeZone: timeZone ?? 'UTC' })}
        />
      </Field>
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
