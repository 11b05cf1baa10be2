import { Badge } from '#components/ui/badge.tsx'
import type { PersonDto } from '#lib/people/schema.ts'

/** Whether somebody can sign in, in a word. */
export function PersonStatus({ status }: { status: PersonDto['status'] }) {
  return status === 'active' ? <Badge tone="ok">Active</Badge> : <Badge tone="neutral">Deactivated</Badge>
}
