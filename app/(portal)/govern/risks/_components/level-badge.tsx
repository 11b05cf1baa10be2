import { Badge } from '#components/ui/badge.tsx'
import type { RiskLevel } from '#core/risks/risk.ts'
import { LEVEL_WORDS } from './risk-words.ts'

export function LevelBadge({ level }: { level: RiskLevel }) {
  const { label, tone } = LEVEL_WORDS[level]
  return <Badge tone={tone}>{label}</Badge>
}
