'use client'

import type { Dispatch, SetStateAction } from 'react'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { ExemptionKind } from '#core/exemptions/exemption.ts'
import { KIND_LABELS, KINDS } from './exemption-words.ts'

export type DaysText = Record<ExemptionKind, string>

/** The most days of each kind of exemption; loaded with the dialog that asks for them. */
export default function TimeLimitFields({
  days,
  setDays,
  extensions,
  setExtensions,
}: {
  days: DaysText
  setDays: Dispatch<SetStateAction<DaysText>>
  extensions: string
  setExtensions: (text: string) => void
}) {
  return (
    <div className="grid grid-cols-2 gap-4">
      {KINDS.map(kind => (
        <Field key={kind} label={`${KIND_LABELS[kind]}, most days`}>
          <Input
            inputMode="numeric"
            value={days[kind]}
            onValueChange={text => setDays(before => ({ ...before, [kind]: text }))}
          />
        </Field>
      ))}
      <Field label="Extensions">
        <Input inputMode="numeric" value={extensions} onValueChange={setExtensions} />
      </Field>
    </div>
  )
}
