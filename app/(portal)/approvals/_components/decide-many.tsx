'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { formatCount } from '#components/format.ts'
import { Button } from '#components/ui/button.tsx'
import { approveRequestAction } from '#lib/approvals/actions.ts'
import type { ApprovalDto } from '#lib/approvals/dto.ts'
import { areOfOneRule } from './approval-words.ts'

/** Approves several requests of one rule, one after another; what is refused is said, and stays selected. */
export function DecideMany({
  requests,
  onDone,
}: {
  requests: readonly ApprovalDto[]
  onDone: (left: string[]) => void
}) {
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const together = areOfOneRule(requests)
  const [asksWhy] = requests.filter(({ approvalAsks }) => approvalAsks !== null)

  function approveAll() {
    setProblem(undefined)
    startTransition(async () => {
      const left: string[] = []
      let words: string | undefined
      for (const { id, digest } of requests) {
        const result = await approveRequestAction({ id, digest })
        if (result.ok) continue
        left.push(id)
        words ??= result.error.message
      }
      onDone(left)
      if (words) setProblem(`${formatCount(left.length, 'request')} not approved: ${words}`)
      router.refresh()
    })
  }

  return (
    <div
      role="toolbar"
      aria-label="Selected requests"
      className="sticky bottom-0 z-2 flex flex-wrap items-center gap-3 border-line border-t bg-surface px-4 py-3 text-sm md:px-6"
    >
      <span>{formatCount(requests.length, 'request')} selected</span>
      {asksWhy ? (
        <span className="text-muted">“{asksWhy.title}” asks for a reason of its own: open it to approve it.</span>
      ) : together ? (
        <Button variant="primary" size="sm" loading={pending} onClick={approveAll}>
          Approve {requests.length}
        </Button>
      ) : (
        <span className="text-muted">Only requests of one rule are decided together.</span>
      )}
      <Button variant="ghost" size="sm" onClick={() => onDone([])}>
        Clear
      </Button>
      {problem ? (
        <span role="alert" className="text-bad-text">
          {problem}
        </span>
      ) : null}
    </div>
  )
}
