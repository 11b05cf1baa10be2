'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { RateLimitMeasure, RateLimitScope, RateWindow } from '#core/rate-limits/rate-limit.ts'
import { createRateLimitAction } from '#lib/rate-limits/actions.ts'
import type { TargetChoices } from '../../../finance/budgets/_components/target-choices.ts'
import { MEASURE_LABELS, SCOPE_LABELS, WINDOW_LABELS } from './rate-limit-words.ts'

const SCOPES = ['organization', 'team', 'person', 'key', 'model'] as const
const EACH = 'each'

const HELP: Record<RateLimitMeasure, string> = {
  requests: 'Calls over this are refused with 429 and told when to try again.',
  tokens: 'Prompt and answer together. What a call can use at most is held before it is sent, and given back after.',
  concurrency: 'Calls beyond this are refused with 429 until an answer has ended.',
}

type Values = {
  name: string
  scope: RateLimitScope
  target: string
  measure: RateLimitMeasure
  window: RateWindow
  limit: string
  reason: string
}

const EMPTY: Values = {
  name: '',
  scope: 'team',
  target: '',
  measure: 'requests',
  window: 'minute',
  limit: '',
  reason: '',
}

/** The one form of a rate limit. Each help text says what gateways do because of the value. */
export function RateLimitForm({ targets }: { targets: TargetChoices }) {
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
      const result = await createRateLimitAction(toInput(values))
      if (result.ok) return router.push(`/operate/rate-limits/${result.data.id}`)
      const fields = result.error.fields.map(({ field, message }) => [field, message])
      setProblem({ message: result.error.message, fields: Object.fromEntries(fields) })
    })
  }

  return (
    <form onSubmit={submit} className="flex max-w-xl flex-col gap-5">
      <Field label="Name" error={errors.name} help="Callers who are refused read it.">
        <Input required maxLength={80} value={values.name} onValueChange={name => set({ name })} autoComplete="off" />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Covers" nativeLabel={false} error={errors.scope}>
          <Select
            items={SCOPES.map(value => ({ value, label: SCOPE_LABELS[value] }))}
            value={values.scope}
            onValueChange={scope => set({ scope: scope as RateLimitScope, target: '' })}
          />
        </Field>
        <TargetField values={values} set={set} targets={targets} error={errors.target} />
      </div>
      <Amount values={values} set={set} errors={errors} />
      <Field label="Reason" optional help="Stands in the history of the rate limit.">
        <Input maxLength={500} value={values.reason} onValueChange={reason => set({ reason })} />
      </Field>
      {problem ? (
        <Callout tone="bad" live title="No rate limit was set">
          {problem.message}
        </Callout>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          Set rate limit
        </Button>
        <ButtonLink href="/operate/rate-limits" variant="ghost" size="lg">
          Cancel
        </ButtonLink>
      </div>
    </form>
  )
}

type Part = { values: Values; set: (change: Partial<Values>) => void }

function TargetField({ values, set, targets, error }: Part & { targets: TargetChoices; error: string | undefined }) {
  const { scope, target } = values
  if (scope === 'organization' || scope === 'agent') return null
  const label = scope === 'key' ? 'API key' : SCOPE_LABELS[scope].toLowerCase()
  const each = { value: EACH, label: `Each ${label}`, hint: 'counted apart' }
  return (
    <Field label={`Which ${label}`} nativeLabel={false} error={error}>
      <Combobox items={[each, ...targets[scope]]} value={target} onValueChange={next => set({ target: next ?? '' })} />
    </Field>
  )
}

function Amount({ values, set, errors }: Part & { errors: Record<string, string> }) {
  const { measure, window, limit } = values
  return (
    <div className="grid gap-5 sm:grid-cols-3">
      <Field label="Counts" nativeLabel={false} error={errors.measure}>
        <Select
          items={Object.entries(MEASURE_LABELS).map(([value, label]) => ({ value, label }))}
          value={measure}
          onValueChange={next => set({ measure: next as RateLimitMeasure })}
        />
      </Field>
      <Field label="Limit" error={errors.limit} help={HELP[measure]}>
        <Input required inputMode="numeric" value={limit} onValueChange={next => set({ limit: next })} />
      </Field>
      {measure === 'concurrency' ? null : (
        <Field
          label="In each"
          nativeLabel={false}
          error={errors.window}
          help="It slides: there is no moment at which all begins anew."
        >
          <Select
            items={Object.entries(WINDOW_LABELS).map(([value, label]) => ({ value, label }))}
            value={window}
            onValueChange={next => set({ window: next as RateWindow })}
          />
        </Field>
      )}
    </div>
  )
}

function toInput({ name, scope, target, measure, window, limit, reason }: Values) {
  const digits = limit.replaceAll(',', '').trim()
  return {
    name,
    scope,
    target: scope === 'organization' || target === EACH ? null : target,
    measure,
    window: measure === 'concurrency' ? null : window,
    limit: /^\d+$/.test(digits) ? Number(digits) : limit,
    reason,
  }
}
