'use client'

import { Combobox, type ComboboxProps } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'

/** The record that is linked, found by a part of its name. */
export default function LinkField(
  props: Pick<ComboboxProps, 'items' | 'value' | 'onValueChange' | 'onInputValueChange'>,
) {
  return (
    <Field label="Record" help="Type a part of its name." nativeLabel={false}>
      <Combobox aria-label="Record" empty="Type at least two letters of its name." {...props} />
    </Field>
  )
}
