'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'

/** What a server action answers. */
type Answer<T> =
  | { ok: true; data: T }
  | { ok: false; error: { message: string; fields: readonly { field: string; message: string }[] } }

export interface Problem {
  message: string
  /** The rule that was broken, by the field's path. */
  fields: Record<string, string>
}

/**
 * Runs a verb for a form: pending while it runs, the problem when it is refused, and the page drawn anew when it is
 * done, unless `onDone` says what follows.
 */
export function useSubmit<T, Input = unknown>(act: (input: Input) => Promise<Answer<T>>) {
  const [pending, startTransition] = useTransition()
  const [problem, setProblem] = useState<Problem>()
  const [saved, setSaved] = useState(false)
  const router = useRouter()

  function submit(input: Input, onDone?: (data: T) => void) {
    setProblem(undefined)
    setSaved(false)
    startTransition(async () => {
      const result = await act(input)
      if (!result.ok) return setProblem(problemOf(result.error))
      setSaved(true)
      if (onDone) onDone(result.data)
      else router.refresh()
    })
  }

  return { submit, pending, problem, saved, errors: problem?.fields ?? {} }
}

function problemOf({ message, fields }: Extract<Answer<never>, { ok: false }>['error']): Problem {
  return { message, fields: Object.fromEntries(fields.map(({ field, message: rule }) => [field, rule])) }
}

/** The same errors, those of nested fields also by the part they are in: what breaks `window.start` breaks `window`. */
export function withParts(errors: Readonly<Record<string, string>>): Record<string, string> {
  const parts = Object.entries(errors).map(([field, rule]) => [field.split('.')[0] ?? '', rule] as const)
  return { ...Object.fromEntries(parts), ...errors }
}
