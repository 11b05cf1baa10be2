'use client'

import { useRouter } from 'next/navigation'
import { FormActions } from '#components/form/form-actions.tsx'
import { type SetValues, useFormValues } from '#components/form/use-form-values.ts'
import { useSubmit, withParts } from '#components/form/use-submit.ts'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, FieldGroup, FieldRow } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { createModelRequestAction } from '#lib/model-requests/actions.ts'
import type { RequestChoices } from '#lib/model-requests/queries.ts'
import { OnlyForFields } from '../../_components/only-for-fields.tsx'
import { EMPTY_REQUEST, OTHER_PROVIDER, type RequestText, toRequest } from './request-text.ts'
import { SimilarModels } from './similar-models.tsx'

const WIRES = [
  { value: 'chat', label: 'Chat, as OpenAI speaks it' },
  { value: 'messages', label: 'Messages, as Anthropic speaks it' },
  { value: 'responses', label: 'Responses, as OpenAI speaks it' },
  { value: 'embeddings', label: 'Embeddings' },
]

/** The one form of a request for a model; what it compares and what follows is said beside each field. */
export function ModelRequestForm({ choices }: { choices: RequestChoices }) {
  const [first] = choices.providers
  const [values, set] = useFormValues<RequestText>({
    ...EMPTY_REQUEST,
    providerId: first?.id ?? OTHER_PROVIDER,
    teamId: choices.ownTeams[0]?.id ?? '',
    tiers: choices.tiers.slice(0, 1),
  })
  const { submit, pending, problem, errors: exact } = useSubmit(createModelRequestAction)
  const errors = withParts(exact)
  const router = useRouter()

  const send = () => submit(toRequest(values), ({ id }) => router.push(`/govern/catalog/requests/${id}`))

  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
      className="flex max-w-2xl flex-col gap-6"
    >
      <WhichModel values={values} set={set} errors={errors} choices={choices} />
      <SimilarModels name={values.identifier} choices={choices} />
      <Field label="What it is for" error={errors.purpose} help="Whoever decides reads this first.">
        <Textarea
          required
          rows={3}
          maxLength={4000}
          value={values.purpose}
          onChange={event => set({ purpose: event.target.value })}
        />
      </Field>
      <Field
        label="What you considered instead"
        error={errors.alternatives}
        help="Models of the catalog, and why they do not do."
      >
        <Textarea
          required
          rows={2}
          maxLength={4000}
          value={values.alternatives}
          onChange={event => set({ alternatives: event.target.value })}
        />
      </Field>
      <DataAndVolume values={values} set={set} errors={errors} choices={choices} />
      <FieldGroup legend="Whom it would be for">
        <OnlyForFields
          value={values.onlyFor}
          onChange={change => set(before => ({ onlyFor: change(before.onlyFor) }))}
          teams={choices.teams.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </FieldGroup>
      <FormActions
        action="Ask for it"
        refused="Nothing was asked for"
        pending={pending}
        problem={problem}
        cancelHref="/govern/catalog/requests"
        onSubmit={send}
      />
    </form>
  )
}

type Part = {
  values: RequestText
  set: SetValues<RequestText>
  errors: Record<string, string>
  choices: RequestChoices
}

function WhichModel({ values, set, errors, choices }: Part) {
  const providers = [
    ...choices.providers.map(({ id, name }) => ({ value: id, label: name })),
    { value: OTHER_PROVIDER, label: 'Another, which is not here yet' },
  ]
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Model" error={errors.identifier} help="The name that your code would send in “model”.">
        <Input
          required
          autoComplete="off"
          spellCheck={false}
          placeholder="gpt-5-nano"
          value={values.identifier}
          onValueChange={identifier => set({ identifier })}
        />
      </Field>
      <Field label="Provider" nativeLabel={false} error={errors.providerId}>
        <Select
          aria-label="Provider"
          items={providers}
          value={values.providerId}
          onValueChange={providerId => set({ providerId })}
        />
      </Field>
      {values.providerId === OTHER_PROVIDER ? (
        <Field
          label="Which provider"
          error={errors.providerName}
          help="Operations have to add it before it is decided."
        >
          <Input required value={values.providerName} onValueChange={providerName => set({ providerName })} />
        </Field>
      ) : null}
      <Field label="Upstream name" optional help="What the provider calls it, when that is another name.">
        <Input value={values.upstreamModel} onValueChange={upstreamModel => set({ upstreamModel })} />
      </Field>
      <Field label="Wire" nativeLabel={false} help="How the provider is spoken to.">
        <Select aria-label="Wire" items={WIRES} value={values.dialect} onValueChange={dialect => set({ dialect })} />
      </Field>
    </div>
  )
}

function DataAndVolume({ values, set, errors, choices }: Part) {
  const toggle = (tier: string, on: boolean) =>
    set(({ tiers }) => ({ tiers: on ? [...tiers, tier] : tiers.filter(each => each !== tier) }))
  return (
    <>
      <FieldGroup legend="Data that it would see">
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {choices.tiers.map(tier => (
            <FieldRow key={tier} label={tier}>
              <Checkbox checked={values.tiers.includes(tier)} onCheckedChange={on => toggle(tier, on)} />
            </FieldRow>
          ))}
        </div>
        <p className="text-muted text-xs">Calls with data of any other class would be refused.</p>
        {errors.tiers ? <p className="text-bad-text text-xs">{errors.tiers}</p> : null}
      </FieldGroup>
      <div className="grid gap-5 sm:grid-cols-3">
        <Field label="Calls a month" optional error={errors.requestsPerMonth}>
          <Input
            inputMode="numeric"
            value={values.requestsPerMonth}
            onValueChange={requestsPerMonth => set({ requestsPerMonth })}
          />
        </Field>
        <Field label="Cost a month" optional error={errors.costUsdPerMonth} help="What you expect, not a limit.">
          <Input
            prefix="USD"
            inputMode="decimal"
            value={values.costUsdPerMonth}
            onValueChange={costUsdPerMonth => set({ costUsdPerMonth })}
          />
        </Field>
        <Field label="Team" optional nativeLabel={false} help="Whose work it is for.">
          <Select
            aria-label="Team"
            items={[
              { value: '', label: 'None' },
              ...choices.ownTeams.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={values.teamId}
            onValueChange={teamId => set({ teamId })}
          />
        </Field>
      </div>
    </>
  )
}
