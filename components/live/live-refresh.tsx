'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useMemo } from 'react'
import type { LiveTopic } from './live-events.ts'
import { throttle } from './throttle.ts'
import { useLive } from './use-live.ts'

/** Draws the page's server parts anew when something of the topics happens: at most once a second, not in the background. */
export function LiveRefresh({ topics }: { topics: readonly LiveTopic[] }) {
  const router = useRouter()
  const refresh = useMemo(() => throttle(() => router.refresh(), 1_000), [router])
  useEffect(() => {
    const onVisible = () => {
      if (!document.hidden && refresh.isHeld()) refresh.release()
    }
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      document.removeEventListener('visibilitychange', onVisible)
      refresh.cancel()
    }
  }, [refresh])
  useLive(topics, () => (document.hidden ? refresh.hold() : refresh.call()))
  return null
}
