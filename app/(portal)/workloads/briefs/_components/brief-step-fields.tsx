'use client'

import { Combobox, MultiCombobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { Select } from '#components/ui/select.tsx'
import type { BriefContent } from '#core/workloads/brief.ts'
import type { BriefStep } from '#core/workloads/brief-steps.ts'
import type { BriefDetailDto } from '#lib/briefs/schema.ts'
import type { BriefChoices } from './brief-choices.ts'
import type { ChangeBrief } from './brief-editor.tsx'
import { AUTONOMY_CHOICES, KEY_SCOPE_CHOICES, TEXTS } from './brief-words.ts'
import { MetricFields } from './metric-fields.tsx'

type Props = {
  step: BriefStep
  brief: BriefDetailDto
  choices: BriefChoices
  change: ChangeBrief
  /** Whether to show what is lacking beside each field. */
  shown: boolean
}

/** The questions of one step, each with help and an example. */
export function StepFields(props: Props) {
  const { step, brief, change, shown } = props
  const error = (field: string) =>
    shown ? brief.problems.find(one => one.field === `content.${field}`)?.message : undefined
  const texts = new Map(Object.entries(brief.content))
  return (
    <>
      {step === 'purpose' ? <Who {...props} /> : null}
      {step === 'data' ? <Data {...props} error={error} /> : null}
      {step === 'quality' ? (
        <MetricFields
          metrics={brief.content.metrics ?? []}
          onChange={update => change(({ content }) => ({ content: { metrics: update(content.metrics ?? []) } }))}
        />
      ) : null}
      {step === 'cost' ? <Cost {...props} error={error} /> : null}
      {step === 'people' ? <Autonomy {...props} /> : null}
      {TEXTS[step].map(({ field, label, help, example }) => (
        <Field key={field} label={label} help={help} error={error(field)}>
          <Textarea
            rows={3}
            maxLength={2_000}
            placeholder={`For example: ${example}`}
            value={(texts.get(field) as string | undefined) ?? ''}
            onChange={event => change({ content: { [field]: event.target.value } })}
          />
        </Field>
      ))}
      {step === 'people' ? <Keys {...props} /> : null}
    </>
  )
}

function Who({ brief, choices, change }: Props) {
  return (
    <>
      <Field label="Name" help="People find it by this name.">
        <Input maxLength={80} value={brief.name} onValueChange={name => change({ name })} />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Responsible team" nativeLabel={false} help="Its lead is asked when it moves on.">
          <Select items={choices.teams} value={brief.teamId ?? ''} onValueChange={teamId => change({ teamId })} />
        </Field>
        <Field label="Owner" help="One person who answers for it, and does not decide on it.">
          <Combobox items={choices.people} value={brief.ownerId} onValueChange={ownerId => change({ ownerId })} />
        </Field>
      </div>
    </>
  )
}

type WithError = Props & { error: (field: string) => string | undefined }

function Data({ brief: { content }, choices, change, error }: WithError) {
  const tier = (field: 'inputTier' | 'outputTier', label: string, help: string) => (
    <Field label={label} nativeLabel={false} help={help} error={error(field)}>
      <Select
        items={choices.tiers}
        value={content[field] ?? ''}
        onValueChange={value => change({ content: { [field]: value } })}
      />
    </Field>
  )
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        {tier('inputTier', 'What goes in', 'The most sensitive of what it is given.')}
        {tier('outputTier', 'What comes out', 'The most sensitive of what it may answer.')}
      </div>
      <Field
        label="Models"
        help="The first is preferred, the others follow in this order. Calls to any other are refused with 403."
        error={error('modelIds')}
      >
        <MultiCombobox
          items={choices.models}
          placeholder="Models of the catalog"
          value={content.modelIds ?? []}
          onValueChange={modelIds => change({ content: { modelIds } })}
        />
      </Field>
    </>
  )
}

function Cost({ brief: { content }, change, error }: WithError) {
  const count = (field: 'latencyMs' | 'requestsPerDay', label: string, help: string, placeholder: string) => (
    <Field label={label} help={help} error={error(field)}>
      <Input
        inputMode="numeric"
        placeholder={placeholder}
        suffix={field === 'latencyMs' ? 'ms' : undefined}
        value={content[field]?.toString() ?? ''}
        onValueChange={text => change({ content: { [field]: countOf(text) } })}
      />
    </Field>
  )
  const amount = (field: 'costPerCallUsd' | 'costPerMonthUsd', label: string, help: string, placeholder: string) => (
    <Field label={label} help={help} error={error(field)}>
      <Input
        prefix="USD"
        inputMode="decimal"
        placeholder={placeholder}
        value={content[field] ?? ''}
        onValueChange={text =>
          change({ content: { [field]: text.replaceAll(',', '').trim() || null } as Partial<BriefContent> })
        }
      />
    </Field>
  )
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      {count('latencyMs', 'An answer takes at most', '95 of 100 calls.', '2000')}
      {count('requestsPerDay', 'Calls a day', 'On a busy day.', '900')}
      {amount(
        'costPerCallUsd',
        'A call costs at most',
        'Calls that could cost more, by their length and max_tokens, are refused with 402.',
        '0.05',
      )}
      {amount(
        'costPerMonthUsd',
        'A month costs at most',
        'Becomes its budget: calls over it are refused with 402.',
        '600',
      )}
    </div>
  )
}

function Autonomy({ brief: { content }, change }: Props) {
  return (
    <Field label="Autonomy" nativeLabel={false} help="How much it decides by itself.">
      <RadioGroup
        items={[...AUTONOMY_CHOICES]}
        value={content.autonomy ?? ''}
        onValueChange={value => change({ content: { autonomy: value as NonNullable<BriefContent['autonomy']> } })}
      />
    </Field>
  )
}

function Keys({ brief: { content }, change }: Props) {
  return (
    <Field label="Keys that may call it" nativeLabel={false}>
      <RadioGroup
        items={[...KEY_SCOPE_CHOICES]}
        value={content.keyScope ?? 'team'}
        onValueChange={value => change({ content: { keyScope: value as NonNullable<BriefContent['keyScope']> } })}
      />
    </Field>
  )
}

function countOf(text: string): number | null {
  const digits = text.replaceAll(/[^\d]/g, '').slice(0, 9)
  return digits === '' || Number(digits) === 0 ? null : Number(digits)
}
