'use client'

import Link from 'next/link'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { requestKeyAction } from '#lib/keys/actions.ts'

/** Fields that a team bounds, and an approval can go beyond. */
export const BOUNDED_FIELDS = ['expiresInDays', 'requestsPerMinute', 'dailyLimitUsd'] as const

/** Asks for the key as it stands in the form, which the team's bounds do not allow. */
export function AskForApproval({ input }: { input: Record<string, unknown> }) {
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()

  function ask() {
    setProblem(undefined)
    startTransition(async () => {
      const result = await requestKeyAction({ ...input, reason })
      if (result.ok) setAsked(result.data.approvalId)
      else setProblem(result.error.message)
    })
  }

  if (asked) {
    return (
      <Callout tone="ok" live title="Your request waits for a decision">
        You are told as soon as it is decided, and collect the key here, once.{' '}
        <Link href={`/approvals/${asked}`} className="underline underline-offset-3">
          Open the request
        </Link>
      </Callout>
    )
  }
  return (
    <Callout tone="info" title="The team does not allow this by itself">
      <div className="mt-2 flex flex-col items-start gap-3">
        <Field label="Why the key needs more" className="w-full" error={problem}>
          <Textarea rows={2} maxLength={500} value={reason} onChange={event => setReason(event.target.value)} />
        </Field>
        <Button loading={pending} onClick={ask}>
          Ask for approval
        </Button>
      </div>
    </Callout>
  )
}
