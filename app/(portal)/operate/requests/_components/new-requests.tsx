'use client'

import { ArrowUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useState } from 'react'
import { formatCount, formatNumber } from '#components/format.ts'
import { throttle } from '#components/live/throttle.ts'
import { useLive } from '#components/live/use-live.ts'
import { Button } from '#components/ui/button.tsx'
import type { ListRequestsQuery } from '#lib/requests/schema.ts'
import { countRequestsAction } from './actions.ts'

const MOST = 200

/** "12 new requests, show": says what came in since the list was read, and leaves the list alone until asked. */
export function NewRequests({ query, since }: { query: ListRequestsQuery; since: string }) {
  const [found, setFound] = useState({ since, count: 0, more: false })
  const router = useRouter()
  const asked = JSON.stringify({ ...query, from: since, limit: MOST })
  const check = useMemo(
    () =>
      throttle(async () => {
        const result = await countRequestsAction(JSON.parse(asked))
        if (result.ok) setFound({ since, ...result.data })
      }, 2_000),
    [asked, since],
  )
  useEffect(() => () => check.cancel(), [check])
  useLive(['events'], () => {
    if (!document.hidden) check.call()
  })
  const count = found.since === since ? found.count : 0
  return (
    <div role="status" className="flex justify-center empty:hidden">
      {count > 0 ? (
        <Button size="sm" className="rounded-full" onClick={() => router.refresh()}>
          <ArrowUp className="size-3.5" aria-hidden />
          {found.more ? `More than ${formatNumber(MOST)} new requests` : formatCount(count, 'new request')}, show
        </Button>
      ) : null}
    </div>
  )
}
