'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { readContentAction } from '#lib/content-log/actions.ts'
import type { ContentDto } from '#lib/content-log/schema.ts'

// Of most requests nothing is read: what reading takes comes with it.
const ReasonField = lazy(() => import('#components/reason-field.tsx'))
const Conversation = lazy(() => import('./conversation.tsx'))

/** Opens a request's content: for a restricted tier with a reason. Nothing of it is on the page before. */
export function ContentReader({ id, tier, restricted }: { id: string; tier: string; restricted: boolean }) {
  const router = useRouter()
  const [content, setContent] = useState<ContentDto>()
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()

  const read = () =>
    startTransition(async () => {
      setProblem(undefined)
      const result = await readContentAction({ id, ...(reason.trim() ? { reason } : {}) })
      if (!result.ok) return setProblem(result.error.message)
      setContent(result.data)
      router.refresh()
    })

  if (content) {
    return (
      <Suspense fallback={<p className="text-muted text-sm">Opening…</p>}>
        <Conversation content={content} />
      </Suspense>
    )
  }
  return (
    <div className="flex max-w-2xl flex-col items-start gap-3">
      {restricted ? (
        <Suspense>
          <ReasonField
            help={`The tier ${tier} restricts access. Your name, this request and the reason go into the audit log.`}
            value={reason}
            onValueChange={setReason}
          />
        </Suspense>
      ) : (
        <p className="text-muted text-sm">Your name and this request go into the audit log.</p>
      )}
      <Button loading={pending} disabled={restricted && reason.trim().length < 10} onClick={read}>
        Read the content
      </Button>
      {problem ? (
        <Callout tone="bad" live>
          {problem}
        </Callout>
      ) : null}
    </div>
  )
}
