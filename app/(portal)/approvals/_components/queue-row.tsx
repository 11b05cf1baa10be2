'use client'

import Link from 'next/link'
import { cn } from '#components/cn.ts'
import { Countdown } from '#components/page/countdown.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import type { ApprovalDto } from '#lib/approvals/dto.ts'
import { RISKS, STATES } from './approval-words.ts'

/** One request of the queue: what, who asks, the rule that asked, time left. */
export function QueueRow({
  request,
  href,
  open,
  selected,
  onSelect,
}: {
  request: ApprovalDto
  href: string
  open: boolean
  selected: boolean
  /** Null where nothing can be decided together. */
  onSelect: ((selected: boolean) => void) | null
}) {
  const pending = request.state === 'pending'
  return (
    <li
      className={cn(
        'relative flex items-start gap-3 border-line border-b border-l-2 border-l-transparent px-4 py-3 text-sm md:px-6',
        open ? 'border-l-accent bg-selected' : 'hover:bg-hover',
      )}
    >
      {onSelect ? (
        <Checkbox
          className="z-1 mt-0.5"
          checked={selected}
          onCheckedChange={onSelect}
          aria-label={`Select ${request.title}`}
        />
      ) : null}
      <div className="min-w-0 flex-1">
        <Link
          href={href}
          scroll={false}
          aria-current={open ? 'true' : undefined}
          className="font-medium after:absolute after:inset-0 focus-visible:after:outline-2"
        >
          {request.title}
        </Link>
        <p className="truncate text-muted">
          {request.requesterName}: {request.reason || 'no reason given'}
        </p>
        <p className="text-muted text-xs">
          {request.stepName}
          {request.approvalsNeeded > 1 ? `, ${request.approvals} of ${request.approvalsNeeded} approvals` : ''}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1.5">
        {pending ? <Countdown until={request.expiresAt} from={request.createdAt} /> : null}
        {pending ? (
          <Badge tone={RISKS[request.risk].tone}>{RISKS[request.risk].label}</Badge>
        ) : (
          <Badge tone={STATES[request.state].tone}>{STATES[request.state].label}</Badge>
        )}
      </div>
    </li>
  )
}
