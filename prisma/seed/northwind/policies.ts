import { POLICY_TEMPLATES } from '#core/policies/templates.ts'
import type { LinkKind } from '#lib/policies/link-kinds.ts'

const CURRENT = POLICY_TEMPLATES.acceptable_use
const OVERSIGHT = '- **H2** People who talk to a model are told so in the first message.\n'

/** The acceptable use policy as it was before, as it is, and as it is being rewritten. */
export const ACCEPTABLE_USE_TEXTS = {
  first: CURRENT.replace(OVERSIGHT, '').replace('the gateway masks or blocks it', 'people take it out themselves'),
  second: CURRENT,
  draft: CURRENT.replace(
    OVERSIGHT,
    `${OVERSIGHT}- **H4** Voices and faces of real people are not generated without their written consent.\n`,
  ).replace(
    'Drafting, summarising, translating, coding, search',
    'Drafting, summarising, translating, coding, transcription, search',
  ),
}

/** People who have not acknowledged the version in force yet. */
export const STILL_TO_ACKNOWLEDGE = ['Emeka Obi', 'Dmytro Petrenko', 'Min-jun Park', 'Aroha Ngata', 'Yuto Nakamura']

/** What enforces which clause, by the name of the record. */
export const CLAUSE_LINKS: readonly { clause: string; kind: LinkKind; names: string[] }[] = [
  { clause: 'U2', kind: 'tier', names: ['Public', 'Internal', 'Restricted'] },
  { clause: 'U3', kind: 'budget', names: ['Support assistants', 'Search relevance', 'Marketing'] },
  { clause: 'D1', kind: 'guardrail', names: ['national_id', 'passport'] },
  { clause: 'D2', kind: 'guardrail', names: ['secret'] },
  { clause: 'D3', kind: 'tier', names: ['Restricted'] },
  { clause: 'D4', kind: 'guardrail', names: ['card', 'iban'] },
  { clause: 'D5', kind: 'data_source', names: ['Support tickets', 'Supplier invoices', 'Employment records'] },
  { clause: 'P4', kind: 'guardrail', names: ['prompt_injection'] },
  { clause: 'C1', kind: 'budget', names: ['All AI spend', 'Payables', 'Legal operations'] },
]
