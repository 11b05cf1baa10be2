'use client'

import { useRouter } from 'next/navigation'
import { choicesOf } from '#components/form/choices.ts'
import { FormActions } from '#components/form/form-actions.tsx'
import { useFormValues } from '#components/form/use-form-values.ts'
import { useSubmit } from '#components/form/use-submit.ts'
import { inSentence } from '#components/format.ts'
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
  const [values, set] = useFormValues(EMPTY)
  const { submit, pending, problem, errors } = useSubmit(createRateLimitAction)
  const router = useRouter()

  const send = () => submit(toInput(values), ({ id }) => router.push(`/operate/rate-limits/${id}`))

  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
      className="flex max-w-xl flex-col gap-5"
    >
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
      <FormActions
        action="Set rate limit"
        refused="No rate limit was set"
        pending={pending}
        problem={problem}
        cancelHref="/operate/rate-limits"
        onSubmit={send}
      />
    </form>
  )
}

type Part = { values: Values; set: (change: Partial<Values>) => void }

function TargetField({ values, set, targets, error }: Part & { targets: TargetChoices; error: string | undefined }) {
  const { scope, target } = values
  if (scope === 'organization' || scope === 'agent') return null
  const label = inSentence(SCOPE_LABELS[scope])
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
          items={choicesOf(MEASURE_LABELS)}
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
            items={choicesOf(WINDOW_LABELS)}
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
