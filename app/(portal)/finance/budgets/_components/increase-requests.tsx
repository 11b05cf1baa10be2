'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { EmptyState } from '#components/page/empty-state.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { approveRequestAction, rejectRequestAction } from '#lib/approvals/actions.ts'
import type { IncreaseRequestDto } from '#lib/budgets/schema.ts'
import { plainMoney } from './budget-words.ts'

const STATES: Record<IncreaseRequestDto['state'], { label: string; tone: Tone }> = {
  pending: { label: 'Waits', tone: 'warn' },
  approved: { label: 'Approved', tone: 'ok' },
  rejected: { label: 'Rejected', tone: 'neutral' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
  expired: { label: 'Expired', tone: 'neutral' },
  voided: { label: 'Void', tone: 'neutral' },
}

/** Who asked for more and what became of it; who may decide does so here. */
export function IncreaseRequests({
  requests,
  deciderId,
}: {
  requests: readonly IncreaseRequestDto[]
  /** The viewer, when they may decide on requests of others. */
  deciderId: string | null
}) {
  if (requests.length === 0)
    return <EmptyState title="Nobody has asked for more" description="A team lead can, on this page." />
  return (
    <ul className="flex flex-col">
      {requests.map(request => (
        <li key={request.id} className="flex flex-col gap-2 border-line border-b py-4 text-sm">
          <div className="flex flex-wrap items-center gap-2">
            <Badge tone={STATES[request.state].tone}>{STATES[request.state].label}</Badge>
            <span className="tabular-nums">
              {request.requesterName} asks for USD {plainMoney(request.limitUsd)} instead of{' '}
              {plainMoney(request.limitBeforeUsd)}
            </span>
            <span className="text-muted">
              <RelativeTime time={request.createdAt} />
            </span>
          </div>
          <p className="text-muted">{request.reason}</p>
          {request.state !== 'pending' && request.outcome ? (
            <p className="text-muted text-xs">{request.outcome}</p>
          ) : null}
          {request.state === 'pending' && deciderId !== null && deciderId !== request.requesterId ? (
            <Decide request={request} />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Decide({ request }: { request: IncreaseRequestDto }) {
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const decide = (decision: 'approve' | 'reject') =>
    startTransition(async () => {
      const result =
        decision === 'approve'
          ? await approveRequestAction({ id: request.id })
          : await rejectRequestAction({ id: request.id, reason: 'Declined on the budget’s page' })
      if (result.ok) router.refresh()
      else setProblem(result.error.message)
    })
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="sm" variant="primary" loading={pending} onClick={() => decide('approve')}>
        Approve
      </Button>
      <Button size="sm" disabled={pending} onClick={() => decide('reject')}>
        Reject
      </Button>
      {problem ? <span className="text-bad-text text-xs">{problem}</span> : null}
    </div>
  )
}
