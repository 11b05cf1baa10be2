import { Badge, type Tone } from '#components/ui/badge.tsx'
import type { ModelDto } from '#lib/models/schema.ts'

export type Lifecycle = ModelDto['lifecycle']

export const LIFECYCLES: Record<Lifecycle, { tone: Tone; label: string; effect: string }> = {
  proposed: { tone: 'neutral', label: 'Proposed', effect: 'Calls are refused with 403 until it is approved.' },
  under_review: { tone: 'info', label: 'Under review', effect: 'Calls are refused with 403 until it is approved.' },
  approved: { tone: 'ok', label: 'Approved', effect: 'Every key that may use it can call it.' },
  restricted: { tone: 'warn', label: 'Restricted', effect: 'It can be called; the restrictions say for what.' },
  deprecated: {
    tone: 'warn',
    label: 'Deprecated',
    effect: 'It can be called until its sunset, then calls are refused.',
  },
  blocked: { tone: 'bad', label: 'Blocked', effect: 'Calls are refused with 403 at once.' },
}

/** Where a model stands, in a word. */
export function LifecycleBadge({ lifecycle }: { lifecycle: Lifecycle }) {
  const { tone, label } = LIFECYCLES[lifecycle]
  return <Badge tone={tone}>{label}</Badge>
}

export const LIFECYCLE_CHOICES = (Object.keys(LIFECYCLES) as Lifecycle[]).map(value => ({
  value,
  label: LIFECYCLES[value].label,
  hint: LIFECYCLES[value].effect,
}))
