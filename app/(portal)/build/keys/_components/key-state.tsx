import { Badge, type Tone } from '#components/ui/badge.tsx'
import type { KeyDto } from '#lib/keys/schema.ts'

const STATES: Record<KeyDto['state'], { tone: Tone; label: string }> = {
  active: { tone: 'ok', label: 'Active' },
  grace: { tone: 'warn', label: 'Rotated, in grace' },
  expired: { tone: 'neutral', label: 'Expired' },
  revoked: { tone: 'bad', label: 'Revoked' },
}

/** Whether the gateways take a key, in a word. */
export function KeyState({ state }: { state: KeyDto['state'] }) {
  const { tone, label } = STATES[state]
  return <Badge tone={tone}>{label}</Badge>
}

/** The choices of the state filter. */
export const KEY_STATE_CHOICES = Object.entries(STATES).map(([value, { label }]) => ({ value, label }))

export const ENVIRONMENT_LABELS: Record<KeyDto['environment'], string> = {
  development: 'Development',
  staging: 'Staging',
  production: 'Production',
}
