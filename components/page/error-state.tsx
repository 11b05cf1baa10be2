'use client'

import { CircleAlert } from 'lucide-react'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'

/** Something failed: what happened, what still works, how to leave, and the id to name when asking for help. */
export function ErrorState({
  title = 'This could not be loaded',
  description = 'Model traffic is not affected: the gateways run on by themselves. Try again, or go back and come again.',
  requestId,
  onRetry,
}: {
  title?: string
  description?: string
  requestId?: string
  onRetry?: () => void
}) {
  return (
    <div role="alert" className="flex flex-col items-start gap-3 py-8">
      <span className="grid size-9 place-items-center rounded-lg bg-bad-soft text-bad-text">
        <CircleAlert className="size-4.5" aria-hidden />
      </span>
      <div className="max-w-xl">
        <h2 className="font-medium text-base">{title}</h2>
        <p className="mt-0.5 text-muted text-sm">{description}</p>
      </div>
      <div className="flex gap-2">
        {onRetry ? (
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
        ) : null}
        <ButtonLink href="/">Go to Home</ButtonLink>
      </div>
      {requestId ? (
        <p className="flex items-center gap-1 text-muted text-xs">
          Request <span className="font-mono">{requestId}</span>
          <CopyButton text={requestId} />
        </p>
      ) : null}
    </div>
  )
}
