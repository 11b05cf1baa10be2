'use client'

import { useState } from 'react'

/** Changes some values of a form; a function is given those that stand then, whatever was set just before. */
export type SetValues<Values> = (change: Partial<Values> | ((before: Values) => Partial<Values>)) => void

/** What is written in a form. Changes that follow each other at once do not undo each other. */
export function useFormValues<Values extends object>(initial: Values | (() => Values)): [Values, SetValues<Values>] {
  const [values, setValues] = useState(initial)
  return [
    values,
    change => setValues(before => ({ ...before, ...(typeof change === 'function' ? change(before) : change) })),
  ]
}
