'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
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
  const [values, setValues] = useState(EMPTY)
  const [problem, setProblem] = useState<{ message: string; fields: Record<string, string> }>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const set = (change: Partial<Values>) => setValues(now => ({ ...now, ...change }))
  const errors = problem?.fields ?? {}

  function submit(event: FormEvent) {
    event.preventDefault()
    setProblem(undefined)
    startTransition(async () => {
      const result = await createCachePolicyAction(toInput(values))
      if (result.ok) return router.push(`/operate/cache/${result.data.id}`)
      const fields = result.error.fields.map(({ field, message }) => [field, message])
      setProblem({ message: result.error.message, fields: Object.fromEntries(fields) })
    })
  }

  return (
    <form onSubmit={submit} className="flex max-w-xl flex-col gap-5">
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
      {problem ? (
        <Callout tone="bad" live title="Nothing is kept yet">
          {problem.message}
        </Callout>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          Turn caching on
        </Button>
        <ButtonLink href="/operate/cache" variant="ghost" size="lg">
          Cancel
        </ButtonLink>
      </div>
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
    <Field label={`Which ${SCOPE_LABELS[scope].toLowerCase()}`} nativeLabel={false} error={error}>
      <Combobox items={items} value={target} onValueChange={next => set({ target: next ?? '' })} />
    </Field>
  )
}

function toInput({ name, scope, target, reason, ...rules }: Values) {
  return { name, scope, target: scope === 'organization' || target === '' ? null : target, reason, ...toRules(rules) }
}
