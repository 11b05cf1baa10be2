'use client'

import { Field } from './ui/field.tsx'
import { Input } from './ui/input.tsx'

/** The name that a ConfirmDialog asks to be typed, loaded with it when it is first opened. */
export default function TypedNameField({
  name,
  value,
  onValueChange,
}: {
  name: string
  value: string
  onValueChange: (text: string) => void
}) {
  return (
    <Field
      label={
        <>
          Type <span className="font-mono">{name}</span> to confirm
        </>
      }
    >
      <Input value={value} onValueChange={onValueChange} autoComplete="off" spellCheck={false} />
    </Field>
  )
}
