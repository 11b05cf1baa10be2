'use client'

import { useRouter } from 'next/navigation'
import { FormActions } from '#components/form/form-actions.tsx'
import { useFormValues } from '#components/form/use-form-values.ts'
import { useSubmit } from '#components/form/use-submit.ts'
import { inSentence } from '#components/format.ts'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { CacheScope } from '#core/cache/cache-policy.ts'
import { createCachePolicyAction } from '#lib/cache/actions.ts'
import { SCOPE_LABELS } from './cache-words.ts'
import { RuleFields, type RuleValues, toRules } from './rule-fields.tsx'

export type Choice = { value: string; label: string; hint?: string }

type Values = RuleValues & { name: string; scope: CacheScope; target: string; reason: string }

const SCOPES: CacheScope[] = ['workload', 'model', 'team', 'organization']
const EMPTY: Values = {
  name: '',
  scope: 'workload',
  target: '',
  ttlSeconds: '86400',
  sharing: 'team',
  shared: true,
  deterministicOnly: false,
  includeTools: false,
  maxAnswerBytes: '262144',
  maxBytes: '16777216',
  reason: '',
}

/** The one form of a new cache policy. */
export function PolicyForm({ teams, models }: { teams: Choice[]; models: Choice[] }) {
  const [values, set] = useFormValues(EMPTY)
  const { submit, pending, problem, errors } = useSubmit(createCachePolicyAction)
  const router = useRouter()

  const send = () => submit(toInput(values), ({ id }) => router.push(`/operate/cache/${id}`))

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
        <Field
          label="Covers"
          nativeLabel={false}
          error={errors.scope}
          help="The narrowest policy that covers a request holds."
        >
          <Select
            items={SCOPES.map(value => ({ value, label: SCOPE_LABELS[value] }))}
            value={values.scope}
            onValueChange={scope => set({ scope: scope as CacheScope, target: '' })}
          />
        </Field>
        <TargetField values={values} set={set} teams={teams} models={models} error={errors.target} />
      </div>
      <RuleFields values={values} set={set} errors={errors} />
      <Field label="Reason" optional help="Stands in the history of the policy.">
        <Input maxLength={500} value={values.reason} onValueChange={reason => set({ reason })} />
      </Field>
      <FormActions
        action="Turn caching on"
        refused="Nothing is kept yet"
        pending={pending}
        problem={problem}
        cancelHref="/operate/cache"
        onSubmit={send}
      />
    </form>
  )
}

function TargetField({
  values: { scope, target },
  set,
  teams,
  models,
  error,
}: {
  values: Values
  set: (change: Partial<Values>) => void
  teams: Choice[]
  models: Choice[]
  error: string | undefined
}) {
  if (scope === 'organization') return null
  if (scope === 'workload') {
    return (
      <Field label="Workload" help="As callers send it in x-gatehouse-workload." error={error}>
        <Input required maxLength={128} value={target} onValueChange={next => set({ target: next })} />
      </Field>
    )
  }
  const items = scope === 'team' ? teams : models
  return (
    <Field label={`Which ${inSentence(SCOPE_LABELS[scope])}`} nativeLabel={false} error={error}>
      <Combobox items={items} value={target} onValueChange={next => set({ target: next ?? '' })} />
    </Field>
  )
}

function toInput({ name, scope, target, reason, ...rules }: Values) {
  return { name, scope, target: scope === 'organization' || target === '' ? null : target, reason, ...toRules(rules) }
}
