'use client'

import type { ReactNode } from 'react'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')].map(zone => ({
  value: zone,
  label: zone,
}))

/** A time zone by its IANA name. */
export function TimeZoneField({
  help,
  value,
  onValueChange,
}: {
  help?: ReactNode
  value: string
  onValueChange: (timeZone: string) => void
}) {
  return (
    <Field label="Time zone" nativeLabel={false} help={help}>
      <Combobox items={ZONES} value={value} onValueChange={zone => onValueChange(zone ?? 'UTC')} />
    </Field>
  )
}
