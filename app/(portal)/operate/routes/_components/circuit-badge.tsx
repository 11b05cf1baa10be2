import { unknownText } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import type { CircuitState } from '#core/contracts/deployment-health.ts'
import type { ReplicaViewDto } from '#lib/deployments/schema.ts'

export const CIRCUITS: Record<CircuitState, { label: string; tone: Tone }> = {
  closed: { label: 'In use', tone: 'ok' },
  half_open: { label: 'Being tried', tone: 'warn' },
  open: { label: 'Out of use', tone: 'bad' },
}

/** The state of a circuit breaker in words. */
export function CircuitBadge({ circuit }: { circuit: CircuitState }) {
  const { label, tone } = CIRCUITS[circuit]
  return <Badge tone={tone}>{label}</Badge>
}

/** When a replica calls a deployment again that it does not call now. */
export function NextTry({ view: { circuit, probeAt, coolingUntil } }: { view: ReplicaViewDto }) {
  const at = coolingUntil ?? probeAt
  if (at !== null && Date.parse(at) > Date.now()) return <RelativeTime time={at} />
  return circuit === 'closed' ? unknownText : 'with the next call'
}
