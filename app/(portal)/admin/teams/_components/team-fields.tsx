'use client'

import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'

/** What stands in the form of a team, as typed. */
export interface TeamValues {
  name: string
  description: string
  costCentre: string
  maxLifetimeDays: string
  maxRequestsPerMinute: string
  maxDailyLimitUsd: string
}

/** The fields that show their own errors, by the path the verb names. */
export const PLACED_FIELDS = [
  'name',
  'description',
  'costCentre',
  'keyBounds.maxLifetimeDays',
  'keyBounds.maxRequestsPerMinute',
  'keyBounds.maxDailyLimitUsd',
]

type FieldsProps = {
  values: TeamValues
  errors: Record<string, string>
  set: (change: Partial<TeamValues>) => void
}

/** Name and what it is for. */
export function TeamFacts({ values, errors, set }: FieldsProps) {
  return (
    <>
      <Field label="Name" name="name" error={errors.name}>
        <Input required maxLength={80} value={values.name} onValueChange={name => set({ name })} />
      </Field>
      <Field label="Description" name="description" optional error={errors.description}>
        <Textarea
          rows={2}
          maxLength={500}
          value={values.description}
          onChange={event => set({ description: event.target.value })}
        />
      </Field>
      <Field
        label="Cost centre"
        name="costCentre"
        optional
        help="Stands beside the team's spend, for finance."
        error={errors.costCentre}
      >
        <Input maxLength={60} value={values.costCentre} onValueChange={costCentre => set({ costCentre })} />
      </Field>
    </>
  )
}

/** What the people of the team may give a key without asking anyone; each says what happens beyond it. */
export function TeamBounds({ values, errors, set }: FieldsProps) {
  return (
    <>
      <Field
        label="A key lives at most"
        name="maxLifetimeDays"
        help="A key for longer is not issued. Once it has expired, gateways refuse its calls with 401."
        error={errors['keyBounds.maxLifetimeDays']}
      >
        <Input
          inputMode="numeric"
          required
          suffix="days"
          value={values.maxLifetimeDays}
          onValueChange={maxLifetimeDays => set({ maxLifetimeDays })}
        />
      </Field>
      <Field
        label="Requests a minute, at most"
        name="maxRequestsPerMinute"
        help="A key may ask for this rate or less. Calls over a key's rate are refused with 429."
        error={errors['keyBounds.maxRequestsPerMinute']}
      >
        <Input
          inputMode="numeric"
          required
          suffix="a minute"
          value={values.maxRequestsPerMinute}
          onValueChange={maxRequestsPerMinute => set({ maxRequestsPerMinute })}
        />
      </Field>
      <Field
        label="Spend a day, at most"
        name="maxDailyLimitUsd"
        help="A key may ask for this limit or less. Calls over a key's limit are refused with 402."
        error={errors['keyBounds.maxDailyLimitUsd']}
      >
        <Input
          inputMode="decimal"
          required
          prefix="USD"
          value={values.maxDailyLimitUsd}
          onValueChange={maxDailyLimitUsd => set({ maxDailyLimitUsd })}
        />
      </Field>
    </>
  )
}

/** The form as the verbs take it. A number that is none is sent as typed, for the verb to name the rule. */
export function toTeamInput(values: TeamValues) {
  const number = (text: string) => (/^[\d,]+$/.test(text.trim()) ? Number(text.replaceAll(',', '')) : text)
  return {
    name: values.name,
    description: values.description,
    costCentre: values.costCentre.trim() || null,
    keyBounds: {
      maxLifetimeDays: number(values.maxLifetimeDays),
      maxRequestsPerMinute: number(values.maxRequestsPerMinute),
      maxDailyLimitUsd: values.maxDailyLimitUsd.trim().replaceAll(',', ''),
    },
  }
}
