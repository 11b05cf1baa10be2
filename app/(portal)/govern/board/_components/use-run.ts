'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'

type Result = { ok: true } | { ok: false; error: { message: string } }

/** Runs an action, says what was wrong, and draws the page anew. */
export function useRun() {
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  function run<R extends Result>(work: () => Promise<R>, done?: (result: Extract<R, { ok: true }>) => void): void {
    setProblem(undefined)
    startTransition(async () => {
      const result = await work()
      if (result.ok) done?.(result as Extract<R, { ok: true }>)
      else setProblem(result.error.message)
      router.refresh()
    })
  }
  return { run, pending, problem }
}
