import { Badge } from '#components/ui/badge.tsx'
import type { WorkloadLifecycle } from '#core/workloads/lifecycle.ts'
import { LIFECYCLES } from './workload-words.ts'

export function LifecycleBadge({ lifecycle }: { lifecycle: WorkloadLifecycle }) {
  const { label, tone } = LIFECYCLES[lifecycle]
  return <Badge tone={tone}>{label}</Badge>
}
