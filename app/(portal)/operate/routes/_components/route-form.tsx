'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { useShortcut } from '#components/shortcuts/use-shortcut.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, FieldRow } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { createRouteAction, updateRouteAction } from '#lib/routes/actions.ts'
import type { RouteChoices } from './route-choices.ts'
import { BoundFields, CandidateFields, ObjectiveFields, type RoutePart, ScopeFields } from './route-fields.tsx'
import { type RouteFormValues, routeChangeOf, routeInputOf } from './route-form-values.ts'
import { RoutePreview } from './route-preview.tsx'

type Props = {
  initial: RouteFormValues
  choices: RouteChoices
  /** The route that is edited; a new one without it. */
  id?: string
}

/** The one form of a route, with what a gateway would do beside it. */
export function RouteForm({ initial, choices, id }: Props) {
  const [values, setValues] = useState(initial)
  const [problem, setProblem] = useState<{ message: string; fields: Record<string, string> }>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function save() {
    if (pending) return
    setProblem(undefined)
    startTransition(async () => {
      const result = id
        ? await updateRouteAction({ id, ...routeChangeOf(values) })
        : await createRouteAction(routeInputOf(values))
      if (result.ok) return router.push(`/operate/routes/${result.data.id}`)
      const fields = result.error.fields.map(({ field, message }) => [fieldOf(field), message] as const)
      setProblem({ message: result.error.message, fields: Object.fromEntries(fields) })
    })
  }
  useShortcut('mod+Enter', save, { description: id ? 'Save the route' : 'Add the route' })

  const errors = problem?.fields ?? {}
  const set = (change: Partial<RouteFormValues>) => setValues(current => ({ ...current, ...change }))
  const part: RoutePart = { values, errors, set, choices }
  return (
    <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,42rem)_minmax(0,1fr)]">
      <form
        className="flex min-w-0 flex-col gap-6"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          save()
        }}
      >
        <Field label="Name" error={errors.name}>
          <Input required maxLength={80} autoComplete="off" value={values.name} onValueChange={name => set({ name })} />
        </Field>
        {id ? null : <ScopeFields {...part} />}
        <CandidateFields {...part} />
        <ObjectiveFields {...part} />
        <BoundFields {...part} />
        <FailureFields {...part} />
        <Field label="Reason" optional help="Stands in the history of the route." error={errors.reason}>
          <Input maxLength={500} value={values.reason} onValueChange={reason => set({ reason })} />
        </Field>
        {problem ? (
          <Callout tone="bad" live title={id ? 'Nothing was saved' : 'The route was not added'}>
            {problem.message}
          </Callout>
        ) : null}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" size="lg" loading={pending}>
            {id ? 'Save' : 'Add route'}
          </Button>
          <ButtonLink href={id ? `/operate/routes/${id}` : '/operate/routes'} variant="ghost" size="lg">
            Cancel
          </ButtonLink>
        </div>
      </form>
      <RoutePreview values={values} choices={choices} {...(id ? { id } : {})} />
    </div>
  )
}

function FailureFields({ values, errors, set }: RoutePart) {
  return (
    <>
      <FieldRow
        label="Failover"
        help="When a candidate fails before its answer has begun, the next one is called in the same request."
      >
        <Checkbox checked={values.failover} onCheckedChange={failover => set({ failover })} />
      </FieldRow>
      <Field
        label="Patience with a candidate"
        optional
        help="Without a first byte in that time the next candidate is called. Empty: as long as the caller waits."
        error={errors.attemptTimeoutMs}
        className="max-w-64"
      >
        <Input
          suffix="ms"
          inputMode="numeric"
          value={values.attemptTimeoutMs}
          onValueChange={attemptTimeoutMs => set({ attemptTimeoutMs })}
        />
      </Field>
      <FieldRow label="In force" help="Otherwise gateways act as if it were not there.">
        <Checkbox checked={values.enabled} onCheckedChange={enabled => set({ enabled })} />
      </FieldRow>
    </>
  )
}

/** Where a field of the verb stands in the form: lists and weights show their errors as a whole. */
function fieldOf(path: string): string {
  const [first = '', second] = path.split('.')
  return first === 'constraints' && second ? `constraints.${second}` : first
}
