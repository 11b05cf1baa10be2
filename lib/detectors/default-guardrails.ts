import type { CONTENT_LOGGING } from '#core/contracts/config-documents.ts'
import type { GuardrailAction } from '#core/guardrails/decide.ts'
import type { DetectorId } from '#core/guardrails/detector.ts'

export interface DefaultTier {
  name: string
  description: string
  rank: number
  contentLogging: (typeof CONTENT_LOGGING)[number]
  cacheable: boolean
}

/** The tiers that an organization begins with. */
export const DEFAULT_TIERS: readonly DefaultTier[] = [
  {
    name: 'Public',
    description: 'Published, or harmless when it is.',
    rank: 0,
    contentLogging: 'full',
    cacheable: true,
  },
  {
    name: 'Internal',
    description: 'For people of the organization: plans, figures, code.',
    rank: 10,
    contentLogging: 'restricted',
    cacheable: true,
  },
  {
    name: 'Restricted',
    description: 'Personal, financial or contractual data that harms people or the organization when it leaks.',
    rank: 20,
    contentLogging: 'metadata',
    cacheable: false,
  },
]

/** What each detector's rule does in every tier at the beginning: secrets never pass, personal ids only as Restricted. */
export const DEFAULT_ACTIONS: Readonly<Record<DetectorId, GuardrailAction>> = {
  secret: 'block',
  card: 'raise',
  iban: 'raise',
  national_id: 'raise',
  passport: 'raise',
  routing_number: 'raise',
  crypto_wallet: 'log',
  date_of_birth: 'log',
  email: 'log',
  phone: 'log',
  address: 'log',
  ip_address: 'log',
  prompt_injection: 'log',
}
