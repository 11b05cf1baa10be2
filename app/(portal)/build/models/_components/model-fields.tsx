'use client'

import type { SetValues } from '#components/form/use-form-values.ts'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, FieldGroup, FieldRow } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ModelFormValues } from './model-form-values.ts'

type FieldsProps = {
  values: ModelFormValues
  errors: Record<string, string>
  set: SetValues<ModelFormValues>
}

const WIRES = [
  { value: 'chat', label: 'OpenAI chat completions' },
  { value: 'messages', label: 'Anthropic messages' },
  { value: 'responses', label: 'OpenAI responses' },
  { value: 'completions', label: 'OpenAI completions' },
  { value: 'embeddings', label: 'Embeddings' },
  { value: 'moderations', label: 'Moderations' },
]

/** What a model is called; fixed once it is in the catalog. */
export function ModelNames({
  values,
  errors,
  set,
  providers,
}: FieldsProps & { providers: readonly { id: string; name: string }[] }) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Provider" nativeLabel={false} help="Calls go there with its credential." error={errors.providerId}>
        <Select
          items={providers.map(({ id, name }) => ({ value: id, label: name }))}
          value={values.providerId}
          onValueChange={providerId => set({ providerId })}
        />
      </Field>
      <Field label="Identifier" help="What clients put in “model”." error={errors.identifier}>
        <Input
          required
          autoComplete="off"
          spellCheck={false}
          placeholder="gpt-5-mini"
          value={values.identifier}
          onValueChange={identifier => set({ identifier })}
        />
      </Field>
    </div>
  )
}

/** What is known of a model and what follows at the gateway. */
export function ModelFields({ values, errors, set }: FieldsProps) {
  const text = (
    key:
      | 'displayName'
      | 'upstreamModel'
      | 'aliases'
      | 'capabilities'
      | 'modalities'
      | 'contextWindow'
      | 'maxOutputTokens'
      | 'tiers'
      | 'regions',
    label: string,
    help: string,
    placeholder?: string,
  ) => (
    <Field label={label} optional help={help} error={errors[key]}>
      <Input value={values[key]} placeholder={placeholder} onValueChange={value => set({ [key]: value })} />
    </Field>
  )
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        {text('displayName', 'Name', 'How people call it.', 'GPT-5 mini')}
        {text('upstreamModel', 'Upstream name', 'What the provider calls it, or the name of its deployment.')}
      </div>
      {text('aliases', 'Aliases', 'Other names that clients may use, commas between them.', 'balanced, gpt-mini')}
      <FieldGroup legend="Wires it is served on">
        <div className="grid gap-2 sm:grid-cols-2">
          {WIRES.map(({ value, label }) => (
            <FieldRow key={value} label={label}>
              <Checkbox
                checked={values.dialects.includes(value)}
                onCheckedChange={on =>
                  set(({ dialects }) => ({
                    dialects: on ? [...dialects, value] : dialects.filter(each => each !== value),
                  }))
                }
              />
            </FieldRow>
          ))}
        </div>
        {errors.dialects ? <p className="text-bad-text text-xs">{errors.dialects}</p> : null}
      </FieldGroup>
      <div className="grid gap-5 sm:grid-cols-2">
        {text('capabilities', 'Capabilities', 'Commas between them.', 'tools, vision, reasoning')}
        {text('modalities', 'Modalities', 'Commas between them.', 'text, image')}
        {text('contextWindow', 'Context window', 'Tokens.', '128000')}
        {text('maxOutputTokens', 'Longest answer', 'Tokens.', '16384')}
        {text('tiers', 'Classes of data', 'Those whose data it may see, commas between them.', 'Public, Internal')}
        {text('regions', 'Regions', 'Where it runs, commas between them.', 'eu-west')}
      </div>
      <Field label="Restrictions" optional help="Shown to everybody who chooses the model." error={errors.restrictions}>
        <Textarea
          rows={3}
          value={values.restrictions}
          onChange={event => set({ restrictions: event.target.value })}
          maxLength={2000}
        />
      </Field>
    </>
  )
}
