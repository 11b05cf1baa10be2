import { Badge } from '#components/ui/badge.tsx'

/** Whether an entry is in the sealed log, and at which place. */
export function SealBadge({ index }: { index: number | null }) {
  return index === null ? <Badge tone="warn">Waiting</Badge> : <Badge tone="ok">Sealed, {index}</Badge>
}
