'use client'

import { Checkbox } from '#components/ui/checkbox.tsx'
import { MultiCombobox } from '#components/ui/combobox.tsx'
import { Field, FieldRow } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ChannelChoices } from './channel-choices.ts'
import type { ChannelText } from './channel-text.ts'
import { TargetFields } from './target-fields.tsx'

const NO_TIER = 'none'

/** The fields of a channel, those of its kind among them. */
export function ChannelFields({
  values,
  onChange,
  errors,
  choices,
  isNew,
}: {
  values: ChannelText
  onChange: (change: Partial<ChannelText>) => void
  /** By field, those of the target without their prefix. */
  errors: Readonly<Record<string, string>>
  choices: ChannelChoices
  isNew: boolean
}) {
  return (
    <>
      <Field label="Name" error={errors.name}>
        <Input maxLength={80} value={values.name} onValueChange={name => onChange({ name })} autoComplete="off" />
      </Field>
      <TargetFields values={values} onChange={onChange} errors={errors} isNew={isNew} />
      <FieldRow
        label="It may be in this machine’s own network"
        help="Otherwise every address of the private network is refused, so that nobody reaches inner systems through it."
        error={errors.allowPrivateNetwork}
      >
        <Checkbox
          checked={values.allowPrivateNetwork}
          onCheckedChange={allowPrivateNetwork => onChange({ allowPrivateNetwork })}
        />
      </FieldRow>
      {values.kind === 'email' ? null : (
        <Field
          label="News that the channel as a whole is sent"
          nativeLabel={false}
          optional
          help="Nothing chosen: all. What persons get one by one they choose themselves."
        >
          <MultiCombobox
            items={choices.news}
            value={values.newsKinds}
            onValueChange={newsKinds => onChange({ newsKinds })}
          />
        </Field>
      )}
      <Field
        label="Details up to the tier"
        nativeLabel={false}
        error={errors.detailsUpTo}
        help="What is asked for and why is left out of messages about anything classified above it; the link stays."
      >
        <Select
          items={[{ value: NO_TIER, label: 'Only of what is not classified' }, ...choices.tiers]}
          value={values.detailsUpTo || NO_TIER}
          onValueChange={tier => onChange({ detailsUpTo: tier === NO_TIER ? '' : String(tier) })}
        />
      </Field>
    </>
  )
}
