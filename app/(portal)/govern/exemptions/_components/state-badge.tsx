import { Badge } from '#components/ui/badge.tsx'
import type { ExemptionDto } from '#lib/exemptions/schema.ts'
import { STATE_WORDS } from './exemption-words.ts'

export function StateBadge({ exemption: { state, overdue } }: { exemption: Pick<ExemptionDto, 'state' | 'overdue'> }) {
  if (overdue) return <Badge tone="bad">Overdue</Badge>
  const { label, tone } = STATE_WORDS[state]
  return <Badge tone={tone}>{label}</Badge>
}
