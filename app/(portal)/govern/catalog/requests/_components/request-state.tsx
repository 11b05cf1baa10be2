import { Badge, type Tone } from '#components/ui/badge.tsx'
import type { ModelRequestState } from '#lib/model-requests/schema.ts'

export const REQUEST_STATES: Record<ModelRequestState, { tone: Tone; label: string; means: string }> = {
  in_review: { tone: 'info', label: 'In review', means: 'Somebody who manages the catalog says where it would run.' },
  awaiting_decision: { tone: 'warn', label: 'Waits for a decision', means: 'The review board or an approver decides.' },
  approved: { tone: 'ok', label: 'Approved', means: 'The catalog has it, and every gateway serves it.' },
  closed: { tone: 'neutral', label: 'Closed', means: 'It was not granted, or was taken back.' },
}

/** Where a request for a model stands, in a word. */
export function RequestStateBadge({ state }: { state: ModelRequestState }) {
  const { tone, label } = REQUEST_STATES[state]
  return <Badge tone={tone}>{label}</Badge>
}
