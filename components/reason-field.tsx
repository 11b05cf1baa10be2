'use client'

import { Field } from './ui/field.tsx'
import { Textarea } from './ui/input.tsx'

export type ReasonFieldProps = {
  label?: string
  help?: string
  optional?: boolean
  rows?: number
  maxLength?: number
  /** It is the first field of its dialog, which may be open before its code is there. */
  first?: boolean
  value: string
  onValueChange: (reason: string) => void
}

/** The text of a ReasonDialog, loaded with it when it is first opened. */
export default function ReasonField({
  label = 'Reason',
  help,
  optional,
  first = false,
  value,
  onValueChange,
  ...size
}: ReasonFieldProps) {
  return (
    <Field label={label} help={help} optional={optional}>
      <Textarea
        autoFocus={first}
        rows={size.rows ?? 2}
        maxLength={size.maxLength ?? 500}
        value={value}
        onChange={event => onValueChange(event.target.value)}
      />
    </Field>
  )
}
