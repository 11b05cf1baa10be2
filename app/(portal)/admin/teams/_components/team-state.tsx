import { Badge } from '#components/ui/badge.tsx'

/** Whether gateways take a team's keys, in a word. */
export function TeamState({ archivedAt }: { archivedAt: string | null }) {
  return archivedAt ? <Badge tone="neutral">Archived</Badge> : <Badge tone="ok">Active</Badge>
}
