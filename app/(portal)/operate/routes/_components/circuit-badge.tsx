import { Badge, type Tone } from '#components/ui/badge.tsx'
import type { CircuitState } from '#core/contracts/deployment-health.ts'

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
