import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import type { ProviderDto } from '#lib/providers/schema.ts'

/** Whether gateways call a provider, in a word. */
export function ProviderState({ enabled }: { enabled: boolean }) {
  return enabled ? <Badge tone="ok">In use</Badge> : <Badge tone="neutral">Disabled</Badge>
}

/** What the last test of the connection found. */
export function LastTest({ test }: { test: ProviderDto['lastTest'] }) {
  if (!test) return <span className="text-muted">Never</span>
  return (
    <span className="inline-flex items-center gap-2">
      <Badge tone={test.ok ? 'ok' : 'bad'}>{test.ok ? 'Passed' : 'Failed'}</Badge>
      <span className="text-muted">
        <RelativeTime time={test.at} />
      </span>
    </span>
  )
}
