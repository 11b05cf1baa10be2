'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, FieldGroup, FieldRow } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { createModelRequestAction } from '#lib/model-requests/actions.ts'
import type { RequestChoices } from '#lib/model-requests/queries.ts'
import { LateSelect } from '../../../../build/_components/late-controls.tsx'
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
  const [values, setValues] = useState<RequestText>({
    ...EMPTY_REQUEST,
    providerId: first?.id ?? OTHER_PROVIDER,
    teamId: choices.ownTeams[0]?.id ?? '',
    tiers: choices.tiers.slice(0, 1),
  })
  const [problem, setProblem] = useState<{ message: string; fields: Record<string, string> }>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const set = (change: Partial<RequestText>) => setValues(before => ({ ...before, ...change }))
  const errors = problem?.fields ?? {}

  function submit(event: FormEvent) {
    event.preventDefault()
    setProblem(undefined)
    startTransition(async () => {
      const result = await createModelRequestAction(toRequest(values))
      if (result.ok) return router.push(`/govern/catalog/requests/${result.data.id}`)
      const fields = result.error.fields.map(({ field, message }) => [field.split('.')[0] ?? '', message])
      setProblem({ message: result.error.message, fields: Object.fromEntries(fields) })
    })
  }

  return (
    <form onSubmit={submit} className="flex max-w-2xl flex-col gap-6">
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
          onChange={onlyFor => set({ onlyFor })}
          teams={choices.teams.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </FieldGroup>
      {problem ? (
        <Callout tone="bad" live title="Nothing was asked for">
          {problem.message}
        </Callout>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          Ask for it
        </Button>
        <ButtonLink href="/govern/catalog/requests" variant="ghost" size="lg">
          Cancel
        </ButtonLink>
      </div>
    </form>
  )
}

type Part = {
  values: RequestText
  set: (change: Partial<RequestText>) => void
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
        <LateSelect
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
        <LateSelect
          aria-label="Wire"
          items={WIRES}
          value={values.dialect}
          onValueChange={dialect => set({ dialect })}
        />
      </Field>
    </div>
  )
}

function DataAndVolume({ values, set, errors, choices }: Part) {
  const toggle = (tier: string, on: boolean) =>
    set({ tiers: on ? [...values.tiers, tier] : values.tiers.filter(each => each !== tier) })
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
          <LateSelect
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
