import { Badge } from '#components/ui/badge.tsx'
import type { RequestDto } from '#lib/requests/schema.ts'
import { OUTCOME_WORDS } from './request-words.ts'

/** How a request ended: the word, and for a failure its status. */
export function ResultBadge({ request: { outcome, status } }: { request: RequestDto }) {
  const { label, tone } = OUTCOME_WORDS[outcome]
  return <Badge tone={tone}>{outcome === 'ok' ? label : `${label}, ${status}`}</Badge>
}
