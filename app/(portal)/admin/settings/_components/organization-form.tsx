'use client'

import { useState } from 'react'
import { FormActions } from '#components/form/form-actions.tsx'
import { useSubmit } from '#components/form/use-submit.ts'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { updateOrganizationAction } from '#lib/organizations/actions.ts'
import type { OrganizationDto } from '#lib/organizations/schema.ts'

/** Name, time zone and retention of the organization. */
export function OrganizationForm({
  organization,
  timezones,
}: {
  organization: OrganizationDto
  timezones: readonly string[]
}) {
  const initial = {
    name: organization.name,
    timezone: organization.timezone,
    requestRetentionDays: String(organization.requestRetentionDays),
    deliveryRetentionDays: String(organization.deliveryRetentionDays),
    unregisteredWorkloads: organization.unregisteredWorkloads,
  }
  const [values, setValues] = useState(initial)
  const { submit, pending, problem, errors, saved } = useSubmit(updateOrganizationAction)
  const set = (change: Partial<typeof values>) => setValues(before => ({ ...before, ...change }))
  const unchanged = JSON.stringify(values) === JSON.stringify(initial)
  const save = () =>
    submit({
      id: organization.id,
      ...values,
      requestRetentionDays: daysOf(values.requestRetentionDays),
      deliveryRetentionDays: daysOf(values.deliveryRetentionDays),
    })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
      className="flex max-w-xl flex-col gap-5"
    >
      <Field label="Name" name="name" error={errors.name}>
        <Input required maxLength={120} value={values.name} onValueChange={name => set({ name })} />
      </Field>
      <Field
        label="Time zone"
        name="timezone"
        help="Where days, weeks and months begin in reports and budgets. Everything is stored in UTC."
        error={errors.timezone}
      >
        <Combobox
          items={timezones.map(value => ({ value, label: value }))}
          value={values.timezone}
          onValueChange={timezone => set({ timezone: timezone ?? 'UTC' })}
        />
      </Field>
      <Field
        label="Keep requests for"
        name="requestRetentionDays"
        help="Older requests are dropped, a day at a time. The figures made of them and the audit log stay."
        error={errors.requestRetentionDays}
      >
        <Input
          required
          inputMode="numeric"
          suffix="days"
          value={values.requestRetentionDays}
          onValueChange={requestRetentionDays => set({ requestRetentionDays })}
        />
      </Field>
      <Field
        label="Keep the log of notifications for"
        name="deliveryRetentionDays"
        help="What was delivered or failed longer ago is dropped, each night. The last delivery of each channel stays."
        error={errors.deliveryRetentionDays}
      >
        <Input
          required
          inputMode="numeric"
          suffix="days"
          value={values.deliveryRetentionDays}
          onValueChange={deliveryRetentionDays => set({ deliveryRetentionDays })}
        />
      </Field>
      <Field
        label="Workloads that nobody has registered"
        nativeLabel={false}
        help="What becomes of calls that name one in x-gatehouse-workload. Calls without a name go on either way."
        error={errors.unregisteredWorkloads}
      >
        <RadioGroup
          items={[
            { value: 'accept', label: 'Accept', help: 'Calls go on and are listed on the page Workloads.' },
            { value: 'refuse', label: 'Refuse', help: 'Calls are refused with 403, workload_not_registered.' },
          ]}
          value={values.unregisteredWorkloads}
          onValueChange={value => set({ unregisteredWorkloads: value === 'refuse' ? 'refuse' : 'accept' })}
        />
      </Field>
      <FormActions
        action="Save settings"
        pending={pending}
        problem={problem}
        placed={['name', 'timezone', 'requestRetentionDays', 'deliveryRetentionDays', 'unregisteredWorkloads']}
        saved={saved && unchanged}
        disabled={unchanged}
        onSubmit={save}
      />
    </form>
  )
}

/** What is no whole number is sent as it was typed, and refused with the rule. */
function daysOf(text: string): number | string {
  const days = text.trim()
  return /^\d+$/.test(days) ? Number(days) : days
}
