'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormActions } from '#components/form/form-actions.tsx'
import { useFormValues } from '#components/form/use-form-values.ts'
import { useSubmit, withParts } from '#components/form/use-submit.ts'
import { FieldGroup } from '#components/ui/field.tsx'
import { createModelAction, updateModelAction } from '#lib/models/actions.ts'
import { GovernanceFields } from './governance-fields.tsx'
import { ModelFields, ModelNames } from './model-fields.tsx'
import { type ModelFormValues, modelFactsOf } from './model-form-values.ts'
import { NO_PRICE, PriceFields, priceAmountsOf } from './price-fields.tsx'
import { SubstituteFields } from './substitute-fields.tsx'

type ModelFormProps = {
  initial: ModelFormValues
  /** The model that is edited; a new one without it. */
  id?: string
  providers?: readonly { id: string; name: string }[]
  /** Models that may stand in for it. */
  equivalents: readonly { value: string; label: string; hint?: string }[]
  people: readonly { value: string; label: string }[]
  /** Whether a new model may be called at once; else it is proposed, and others approve it. */
  approvesAlone?: boolean
}

/** Adds a model to the catalog, or changes what is known of one. */
export function ModelForm({ initial, id, providers, equivalents, people, approvesAlone = false }: ModelFormProps) {
  const [values, set] = useFormValues(initial)
  const [price, setPrice] = useState(NO_PRICE)
  const { submit, pending, problem, errors: exact } = useSubmit(id ? updateModelAction : createModelAction)
  const errors = withParts(exact)
  const router = useRouter()

  const save = () =>
    submit(id ? { id, ...modelFactsOf(values) } : newModel(), model => router.push(`/build/models/${model.id}`))
  function newModel() {
    const amounts = priceAmountsOf(price)
    const priced = Object.values(amounts).some(amount => amount !== null)
    return {
      providerId: values.providerId,
      identifier: values.identifier,
      ...modelFactsOf(values),
      lifecycle: approvesAlone ? 'approved' : 'proposed',
      price: priced ? { usdPerMillionTokens: amounts } : null,
    }
  }
  const fields = { values, errors, set }
  return (
    <form
      className="flex max-w-2xl flex-col gap-6"
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      {providers ? <ModelNames {...fields} providers={providers} /> : null}
      <ModelFields {...fields} />
      <SubstituteFields
        value={values.substitutes}
        onChange={change => set(before => ({ substitutes: change(before.substitutes) }))}
        models={equivalents}
        error={errors.substitutes}
      />
      <GovernanceFields {...fields} people={people} />
      {id ? null : (
        <FieldGroup legend="Price, from now on">
          <PriceFields value={price} onChange={setPrice} />
        </FieldGroup>
      )}
      <FormActions
        action={id ? 'Save' : 'Add model'}
        refused={id ? 'Nothing was saved' : 'The model was not added'}
        pending={pending}
        problem={problem}
        cancelHref={id ? `/build/models/${id}` : '/build/models'}
        onSubmit={save}
      />
    </form>
  )
}
