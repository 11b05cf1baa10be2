'use client'

import { useCallback, useEffect, useState } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { LiveDot } from '#components/page/live-dot.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { getKeyAction } from './actions.ts'

/** Waits for the first request with a key and turns green when it arrives. */
export function FirstCall({ keyId }: { keyId: string }) {
  const [calledAt, setCalledAt] = useState<string | null>(null)
  const look = useCallback(async () => {
    const result = await getKeyAction({ id: keyId })
    if (result.ok) setCalledAt(result.data.lastUsedAt)
  }, [keyId])
  useEffect(() => {
    void look()
  }, [look])
  useLive(['events'], () => {
    if (!calledAt) void look()
  })
  return (
    <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <span role="status" className={calledAt ? 'text-ok-text' : 'text-muted'}>
        {calledAt ? (
          <LiveDot tone="ok">
            First call arrived <RelativeTime time={calledAt} />
          </LiveDot>
        ) : (
          <LiveDot tone="warn" pulse>
            Waiting for the first call. This line turns green when it arrives.
          </LiveDot>
        )}
      </span>
      {calledAt ? (
        <span className="flex gap-2">
          <ButtonLink size="sm" href={`/operate/requests?key=${keyId}`}>
            See the request
          </ButtonLink>
          <ButtonLink size="sm" href="/build/usage">
            See its cost
          </ButtonLink>
        </span>
      ) : null}
    </div>
  )
}
