'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import type { ActionResult } from '#lib/platform/action.ts'

export interface Problem {
  message: string
  /** The rule that was broken, by the field's path. */
  fields: Record<string, string>
}

/**
 * Runs a verb for a form: pending while it runs, the problem when it is refused, and the page drawn anew when it is
 * done. `submit` tells with true that it was.
 */
export function useSubmit<T>(act: (input: unknown) => Promise<ActionResult<T>>) {
  const [pending, startTransition] = useTransition()
  const [problem, setProblem] = useState<Problem>()
  const [saved, setSaved] = useState(false)
  const router = useRouter()

  function submit(input: unknown, onDone?: (data: T) => void) {
    setProblem(undefined)
    setSaved(false)
    startTransition(async () => {
      const result = await act(input)
      if (!result.ok) {
        const { message, fields } = result.error
        setProblem({ message, fields: Object.fromEntries(fields.map(each => [each.field, each.message])) })
        return
      }
      setSaved(true)
      if (onDone) onDone(result.data)
      else router.refresh()
    })
  }

  return { submit, pending, problem, saved, errors: problem?.fields ?? {} }
}
