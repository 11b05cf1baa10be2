import type { TeamSlug } from './teams.ts'

export interface DemoKey {
  name: string
  team: TeamSlug
  /** Null: issued by a service token. */
  owner: string | null
  environment: 'development' | 'staging' | 'production'
  /** Days ago it was issued, and days it lives. */
  age: number
  life: number
  /** Its part of the team's requests. */
  weight: number
  /** Days ago it was revoked, and why. */
  revoked?: [daysAgo: number, reason: string]
  /** Rotated: hours until the old key ends; the next row is its replacement. */
  graceHours?: number
  replacesPrevious?: boolean
}

type Environment = DemoKey['environment']
const key = (
  team: TeamSlug,
  name: string,
  owner: string | null,
  environment: Environment,
  [age, life]: [number, number],
  weight: number,
  more: Partial<DemoKey> = {},
): DemoKey => ({ team, name, owner, environment, age, life, weight, ...more })

const DEV = 'development'
const STAGE = 'staging'
const PROD = 'production'

export const KEYS: readonly DemoKey[] = [
  key('support', 'support-chat', null, PROD, [116, 365], 70),
  key('support', 'ticket-triage', 'Priya Raman', PROD, [98, 180], 40),
  key('support', 'support-chat-staging', 'Priya Raman', STAGE, [112, 365], 8),
  key('support', 'tomas-laptop', 'Tomás Herrera', DEV, [85, 90], 4),
  key('support', 'prompt-tuning', 'Tomás Herrera', DEV, [40, 60], 3),
  key('support', 'load-test', 'Tomás Herrera', STAGE, [52, 30], 5),
  key('support', 'ana-laptop', 'Ana Kovačić', DEV, [110, 365], 3),
  key('support', 'macro-writer', 'Ana Kovačić', DEV, [33, 90], 3),
  key('support', 'sione-laptop', 'Sione Tupou', DEV, [100, 180], 3),
  key('support', 'old-widget', 'Ana Kovačić', PROD, [117, 365], 20, { revoked: [45, 'The widget was taken down'] }),
  key('data', 'catalog-enrichment', null, PROD, [118, 365], 60),
  key('data', 'quality-checks', 'Rashid Al-Amin', PROD, [114, 365], 30),
  key('data', 'backfill', 'Dmytro Petrenko', PROD, [61, 120], 12),
  key('data', 'enrichment-staging', 'Fatima Zahra Benali', STAGE, [104, 180], 6),
  key('data', 'fatima-laptop', 'Fatima Zahra Benali', DEV, [97, 180], 3),
  key('data', 'dmytro-notebook', 'Dmytro Petrenko', DEV, [92, 95], 3),
  key('data', 'schema-matcher', 'Dmytro Petrenko', DEV, [26, 60], 3),
  key('data', 'marek-smoke-test', 'Marek Nowak', STAGE, [70, 180], 2),
  key('data', 'leaked-notebook', 'Fatima Zahra Benali', DEV, [80, 180], 4, { revoked: [58, 'Pushed to a repository'] }),
  key('search', 'product-search', null, PROD, [119, 365], 70),
  key('search', 'query-rewrite', 'Yuto Nakamura', PROD, [90, 180], 25),
  key('search', 'reindex-nightly', 'Yuto Nakamura', PROD, [75, 180], 15),
  key('search', 'search-staging', 'Mei Lin Tan', STAGE, [103, 365], 6, { graceHours: 19 }),
  key('search', 'search-staging', 'Mei Lin Tan', STAGE, [0.2, 365], 6, { replacesPrevious: true }),
  key('search', 'mei-experiments', 'Mei Lin Tan', DEV, [64, 90], 4),
  key('search', 'mai-laptop', 'Thi Mai Nguyen', DEV, [88, 120], 3),
  key('search', 'sione-search', 'Sione Tupou', DEV, [30, 90], 2),
  key('search', 'synonym-miner', 'Thi Mai Nguyen', DEV, [57, 30], 4),
  key('payables', 'invoice-reader', null, PROD, [115, 365], 60),
  key('payables', 'order-matching', 'Kwame Mensah', PROD, [83, 180], 25),
  key('payables', 'invoice-staging', 'Sofia Rossi', STAGE, [109, 180], 6),
  key('payables', 'sofia-laptop', 'Sofia Rossi', DEV, [94, 180], 3),
  key('payables', 'jonas-laptop', 'Jonas Weber', DEV, [111, 365], 4, { revoked: [21, 'Left the company'] }),
  key('payables', 'jonas-scripts', 'Jonas Weber', DEV, [66, 180], 3, { revoked: [21, 'Left the company'] }),
  key('legal', 'contract-review', null, PROD, [108, 365], 60),
  key('legal', 'clause-search', 'Leila Haddad', PROD, [79, 180], 20),
  key('legal', 'legal-sandbox', 'Min-jun Park', DEV, [43, 90], 6),
  key('legal', 'lucia-desk', 'Lucía Fernández', DEV, [105, 365], 4),
  key('marketing', 'campaign-copy', null, PROD, [113, 365], 50),
  key('marketing', 'translations', 'Diego Quispe', PROD, [91, 180], 30),
  key('marketing', 'newsletter', 'Diego Quispe', PROD, [49, 52], 10),
  key('marketing', 'aroha-drafts', 'Aroha Ngata', DEV, [86, 120], 6),
  key('marketing', 'park-laptop', 'Min-jun Park', DEV, [68, 90], 4),
  key('marketing', 'trial', 'Aroha Ngata', DEV, [99, 14], 5),
]

/** The key that ran away last Tuesday. */
export const RUNAWAY_KEY = 'backfill'

/** Asks that needed a person: the bound that was in the way. */
export const REFUSED_REQUESTS: readonly { owner: string; team: TeamSlug; age: number; reason: string }[] = [
  {
    owner: 'Dmytro Petrenko',
    team: 'data',
    age: 105,
    reason: 'Data platform allows at most 600 requests a minute. Ask the team lead to raise the bound.',
  },
  {
    owner: 'Aroha Ngata',
    team: 'marketing',
    age: 96,
    reason: 'Marketing allows keys of at most 365 days. Ask the team lead to raise the bound.',
  },
  {
    owner: 'Sofia Rossi',
    team: 'payables',
    age: 31,
    reason: 'Payables allows at most USD 50.00 a day. Ask the team lead to raise the bound.',
  },
]
