'use client'

import { useRouter } from 'next/navigation'
import { FormActions } from '#components/form/form-actions.tsx'
import { useFormValues } from '#components/form/use-form-values.ts'
import { useSubmit, withParts } from '#components/form/use-submit.ts'
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
  const [values, set] = useFormValues(initial)
  const { submit, pending, problem, errors: exact } = useSubmit(id ? updateRouteAction : createRouteAction)
  const errors = withParts(exact)
  const router = useRouter()

  const save = () =>
    submit(id ? { id, ...routeChangeOf(values) } : routeInputOf(values), route =>
      router.push(`/operate/routes/${route.id}`),
    )
  const part: RoutePart = { values, errors, set, choices }
  return (
    <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,42rem)_minmax(0,1fr)]">
      <form
        className="flex min-w-0 flex-col gap-6"
        onSubmit={event => {
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
        <FormActions
          action={id ? 'Save' : 'Add route'}
          refused={id ? 'Nothing was saved' : 'The route was not added'}
          pending={pending}
          problem={problem}
          cancelHref={id ? `/operate/routes/${id}` : '/operate/routes'}
          onSubmit={save}
        />
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
