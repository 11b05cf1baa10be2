'use client'

import { createContext, useContext } from 'react'

/** What a control is told by the <Field> around it, as ids of the HTML. */
export type FieldLabelling = {
  labelId: string
  /** For a control that has no id by its own. */
  controlId: string
  describedBy?: string
  invalid?: boolean
  disabled?: boolean
}

export const FieldLabel = createContext<FieldLabelling | undefined>(undefined)

/**
 * What names a control that is no native input. Base UI ties such a control to its label once it runs in the
 * browser; given here, the HTML of the server has the name too. A control's own `aria-label` wins.
 */
export function useFieldLabel(ariaLabel: string | undefined): { 'aria-labelledby'?: string } {
  const labelId = useContext(FieldLabel)?.labelId
  return labelId && !ariaLabel ? { 'aria-labelledby': labelId } : {}
}

/** The same and all else that a <Field> says, for a control that is none of Base UI's. */
export function useFieldControl(ariaLabel: string | undefined, ownDisabled: boolean | undefined) {
  const field = useContext(FieldLabel)
  const named = useFieldLabel(ariaLabel)
  return {
    ...named,
    id: field?.controlId,
    'aria-describedby': field?.describedBy,
    'aria-invalid': field?.invalid || undefined,
    'data-invalid': field?.invalid ? '' : undefined,
    disabled: ownDisabled || field?.disabled,
  }
}
