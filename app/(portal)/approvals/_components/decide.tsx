'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { useShortcut } from '#components/shortcuts/use-shortcut.ts'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import {
  approveRequestAction,
  commentOnApprovalAction,
  extendApprovalAction,
  rejectRequestAction,
  withdrawApprovalAction,
} from '#lib/approvals/actions.ts'
import type { ApprovalDetailDto } from '#lib/approvals/dto.ts'
import { REJECTION_REASONS } from './approval-words.ts'
import { WordsDialog } from './words-dialog.tsx'

type Result = { ok: true } | { ok: false; error: { message: string } }

/** What can be done about a request: by those who decide it, and by whoever asked for it. */
export function Decide({ request, isRequester }: { request: ApprovalDetailDto; isRequester: boolean }) {
  const [asking, setAsking] = useState<'reject' | 'approve' | 'say' | 'ask' | 'extend' | null>(null)
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const { id, digest, mine, approvalAsks } = request

  function run(work: () => Promise<Result>): void {
    setProblem(undefined)
    startTransition(async () => {
      const result = await work()
      setAsking(null)
      if (!result.ok) setProblem(result.error.message)
      router.refresh()
    })
  }
  const close = (open: boolean) => {
    if (!open) setAsking(null)
  }
  const approve = () => (approvalAsks ? setAsking('say') : run(() => approveRequestAction({ id, digest })))
  useShortcut('a', approve, {
    description: 'Approve the request',
    group: 'Approvals',
    enabled: mine && !pending,
  })
  useShortcut('r', () => setAsking('reject'), {
    description: 'Reject the request',
    group: 'Approvals',
    enabled: mine && !pending,
  })

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2 max-md:sticky max-md:bottom-0 max-md:z-2 max-md:-mx-4 max-md:border-line max-md:border-t max-md:bg-surface max-md:px-4 max-md:py-3">
        {mine ? (
          <>
            <Button variant="primary" size="lg" shortcut="A" loading={pending} onClick={approve}>
              {approvalAsks ? 'Approve with a reason' : 'Approve'}
            </Button>
            <Button variant="danger" size="lg" shortcut="R" disabled={pending} onClick={() => setAsking('reject')}>
              Reject
            </Button>
            <Button size="lg" disabled={pending} onClick={() => setAsking('approve')}>
              Approve on a condition
            </Button>
            {approvalAsks ? null : (
              <Button size="lg" disabled={pending} onClick={() => setAsking('say')}>
                Approve with a reason
              </Button>
            )}
          </>
        ) : null}
        {request.state === 'pending' ? (
          <Button size="lg" disabled={pending} onClick={() => setAsking('ask')}>
            {isRequester ? 'Add a comment' : 'Ask'}
          </Button>
        ) : null}
        {mine ? (
          <Button size="lg" disabled={pending} onClick={() => setAsking('extend')}>
            Give more time
          </Button>
        ) : null}
        {isRequester && request.state === 'pending' ? (
          <Button
            variant="ghost"
            size="lg"
            disabled={pending}
            onClick={() => run(() => withdrawApprovalAction({ id }))}
          >
            Withdraw
          </Button>
        ) : null}
      </div>
      {problem ? (
        <Callout tone="bad" live>
          {problem}
        </Callout>
      ) : null}
      <WordsDialog
        open={asking === 'reject'}
        onOpenChange={close}
        title={`Reject ${request.title}?`}
        description={`${request.requesterName} reads the reason, and can ask again.`}
        label="Reason"
        presets={REJECTION_REASONS}
        action="Reject"
        pending={pending}
        onSubmit={reason => run(() => rejectRequestAction({ id, reason }))}
      />
      <WordsDialog
        open={asking === 'approve'}
        onOpenChange={close}
        title={`Approve ${request.title} on a condition`}
        description="The condition is kept with the decision and shown with what it allowed."
        label="Condition"
        action="Approve"
        pending={pending}
        onSubmit={condition => {
          // What allows it says why as well, where a reason is asked for.
          const reason = approvalAsks ? `On the condition: ${condition}` : ''
          run(() => approveRequestAction({ id, digest, reason, conditions: [condition] }))
        }}
      />
      <WordsDialog
        open={asking === 'say'}
        onOpenChange={close}
        title={`Approve ${request.title} with a reason`}
        description={approvalAsks ?? 'The reason is kept with the vote.'}
        label="Reason"
        action="Approve"
        pending={pending}
        onSubmit={reason => run(() => approveRequestAction({ id, digest, reason }))}
      />
      <WordsDialog
        open={asking === 'ask'}
        onOpenChange={close}
        title={isRequester ? 'Add a comment' : `Ask ${request.requesterName}`}
        description={`${isRequester ? 'Those who decide read it.' : 'The request goes on waiting; its time runs on.'} Whoever you mention with @ and their name is told, if they may see it.`}
        label={isRequester ? 'Comment' : 'Question'}
        action="Send"
        pending={pending}
        onSubmit={text => run(() => commentOnApprovalAction({ id, text, kind: isRequester ? 'comment' : 'question' }))}
      />
      <WordsDialog
        open={asking === 'extend'}
        onOpenChange={close}
        title={`Give ${request.title} two more days`}
        description="Without a decision it expires, which is a no."
        label="Reason"
        action="Give two more days"
        pending={pending}
        onSubmit={reason => run(() => extendApprovalAction({ id, hours: 48, reason }))}
      />
    </div>
  )
}
