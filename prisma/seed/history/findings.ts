import type { RequestFinding } from '#core/contracts/request-event.ts'
import type { Random } from '../random.ts'
import { BLOCKED, type Fate } from './fate.ts'

type Plan = Pick<RequestFinding, 'detector' | 'kind' | 'action'> & { weight: number }

/** What is found in ordinary work: contact data mostly, now and then an account. */
const ORDINARY: readonly Plan[] = [
  { detector: 'email', kind: 'email', action: 'log', weight: 46 },
  { detector: 'phone', kind: 'phone', action: 'log', weight: 19 },
  { detector: 'address', kind: 'address', action: 'log', weight: 11 },
  { detector: 'ip_address', kind: 'ipv4', action: 'log', weight: 9 },
  { detector: 'iban', kind: 'iban_de', action: 'raise', weight: 6 },
  { detector: 'date_of_birth', kind: 'date_of_birth', action: 'log', weight: 4 },
  { detector: 'national_id', kind: 'de_steuer_id', action: 'raise', weight: 2 },
  { detector: 'prompt_injection', kind: 'override', action: 'log', weight: 2 },
  { detector: 'card', kind: 'card', action: 'raise', weight: 1 },
]
const SECRETS: readonly Plan[] = [
  { detector: 'secret', kind: 'aws_access_key', action: 'block', weight: 4 },
  { detector: 'secret', kind: 'github_token', action: 'block', weight: 3 },
  { detector: 'secret', kind: 'password', action: 'block', weight: 3 },
  { detector: 'secret', kind: 'private_key', action: 'block', weight: 1 },
]
const SHARE = 0.022

/** What the guardrails found in a request of the history; nothing in most. */
export function drawFindings(random: Random, fate: Fate, dialect: string): { findings?: RequestFinding[] } {
  const blocked = fate.errorCode === BLOCKED
  if (!blocked && (fate.endedAt === 'resolve' || !random.chance(SHARE))) return {}
  const { weight: _, ...plan } = random.weighted(blocked ? SECRETS : ORDINARY, option => option.weight)
  const location = dialect === 'embeddings' ? 'input' : `messages.${blocked ? 0 : random.whole(0, 6)}.content`
  return { findings: [{ ...plan, location, shadow: false, count: blocked ? 1 : random.whole(1, 3) }] }
}
