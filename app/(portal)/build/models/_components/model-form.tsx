'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { useShortcut } from '#components/shortcuts/use-shortcut.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
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
  const [values, setValues] = useState(initial)
  const [price, setPrice] = useState(NO_PRICE)
  const [problem, setProblem] = useState<{ message: string; fields: Record<string, string> }>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()

  function save() {
    if (pending) return
    setProblem(undefined)
    startTransition(async () => {
      const result = id ? await updateModelAction({ id, ...modelFactsOf(values) }) : await createModelAction(newModel())
      if (result.ok) return router.push(`/build/models/${result.data.id}`)
      const fields = result.error.fields.map(({ field, message }) => [field.split('.')[0] ?? '', message] as const)
      setProblem({ message: result.error.message, fields: Object.fromEntries(fields) })
    })
  }
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
  useShortcut('mod+Enter', save, { description: id ? 'Save the model' : 'Add the model' })

  const errors = problem?.fields ?? {}
  const fields = {
    values,
    errors,
    set: (change: Partial<ModelFormValues>) => setValues(before => ({ ...before, ...change })),
  }
  return (
    <form
      className="flex max-w-2xl flex-col gap-6"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        save()
      }}
    >
      {providers ? <ModelNames {...fields} providers={providers} /> : null}
      <ModelFields {...fields} />
      <SubstituteFields
        value={values.substitutes}
        onChange={substitutes => fields.set({ substitutes })}
        models={equivalents}
        error={errors.substitutes}
      />
      <GovernanceFields {...fields} people={people} />
      {id ? null : (
        <FieldGroup legend="Price, from now on">
          <PriceFields value={price} onChange={setPrice} />
        </FieldGroup>
      )}
      {problem ? (
        <Callout tone="bad" live title={id ? 'Nothing was saved' : 'The model was not added'}>
          {problem.message}
        </Callout>
      ) : null}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          {id ? 'Save' : 'Add model'}
        </Button>
        <ButtonLink href={id ? `/build/models/${id}` : '/build/models'} variant="ghost" size="lg">
          Cancel
        </ButtonLink>
      </div>
    </form>
  )
}
