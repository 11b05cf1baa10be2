export type TeamSlug = 'support' | 'data' | 'search' | 'payables' | 'legal' | 'marketing'

export interface ModelShare {
  model: string
  weight: number
  /** Median prompt and answer, in tokens. */
  prompt: number
  answer: number
  /** Share of the prompt read from the cache. */
  cached: number
}

export interface DemoTeam {
  slug: TeamSlug
  name: string
  description: string
  costCentre: string
  timeZone: string
  /** round: served day and night; office: working hours; night: batches before dawn. */
  rhythm: 'round' | 'office' | 'night'
  /** Requests on a weekday, ninety days ago and now. */
  from: number
  to: number
  streaming: number
  workloads: string[]
  useCases: string[]
  dataClass: string
  models: ModelShare[]
}

export const TEAMS: readonly DemoTeam[] = [
  {
    slug: 'support',
    name: 'Support assistants',
    description: 'Answers and drafts for customer support',
    costCentre: 'CC-2100',
    timeZone: 'Europe/Warsaw',
    rhythm: 'round',
    from: 190,
    to: 380,
    streaming: 0.85,
    workloads: ['support-chat', 'ticket-triage'],
    useCases: ['answer', 'summarise', 'classify'],
    dataClass: 'Internal',
    models: [
      { model: 'claude-sonnet-4-5', weight: 40, prompt: 9_200, answer: 420, cached: 0.62 },
      { model: 'claude-haiku-4-5', weight: 34, prompt: 5_400, answer: 260, cached: 0.55 },
      { model: 'gpt-5-mini', weight: 22, prompt: 3_800, answer: 310, cached: 0.4 },
      { model: 'support-tone-ft', weight: 1, prompt: 1_900, answer: 220, cached: 0 },
      { model: 'sandbox-gpt', weight: 3, prompt: 900, answer: 180, cached: 0.1 },
    ],
  },
  {
    slug: 'data',
    name: 'Data platform',
    description: 'Enrichment, extraction and quality checks in the warehouse',
    costCentre: 'CC-3400',
    timeZone: 'Etc/UTC',
    rhythm: 'night',
    from: 210,
    to: 260,
    streaming: 0.05,
    workloads: ['catalog-enrichment', 'quality-checks'],
    useCases: ['extract', 'classify'],
    dataClass: 'Internal',
    models: [
      { model: 'gpt-5-mini', weight: 52, prompt: 16_500, answer: 900, cached: 0.3 },
      { model: 'gpt-4.1', weight: 26, prompt: 21_000, answer: 1_100, cached: 0.25 },
      { model: 'gemini-2.5-flash', weight: 20, prompt: 14_000, answer: 700, cached: 0.2 },
      { model: 'sandbox-gpt-mini', weight: 2, prompt: 1_200, answer: 200, cached: 0 },
    ],
  },
  {
    slug: 'search',
    name: 'Search relevance',
    description: 'Embeddings and query understanding for product search',
    costCentre: 'CC-3420',
    timeZone: 'Asia/Singapore',
    rhythm: 'round',
    from: 200,
    to: 240,
    streaming: 0,
    workloads: ['product-search', 'query-rewrite'],
    useCases: ['embed', 'rewrite'],
    dataClass: 'Public',
    models: [
      { model: 'text-embedding-3-large', weight: 70, prompt: 5_200, answer: 0, cached: 0 },
      { model: 'gpt-4.1-mini', weight: 22, prompt: 1_900, answer: 90, cached: 0.5 },
      { model: 'gpt-4o', weight: 6, prompt: 2_600, answer: 140, cached: 0.2 },
      { model: 'sandbox-embed', weight: 2, prompt: 700, answer: 0, cached: 0 },
    ],
  },
  {
    slug: 'payables',
    name: 'Payables',
    description: 'Reading invoices and matching them to orders',
    costCentre: 'CC-1250',
    timeZone: 'America/Toronto',
    rhythm: 'office',
    from: 70,
    to: 110,
    streaming: 0.1,
    workloads: ['invoice-reading'],
    useCases: ['extract', 'match'],
    dataClass: 'Restricted',
    models: [
      { model: 'gpt-4o', weight: 62, prompt: 12_800, answer: 620, cached: 0.35 },
      { model: 'claude-haiku-4-5', weight: 30, prompt: 9_000, answer: 380, cached: 0.3 },
      { model: 'gpt-4o-mini', weight: 8, prompt: 7_500, answer: 360, cached: 0 },
    ],
  },
  {
    slug: 'legal',
    name: 'Legal operations',
    description: 'Contract review and clause search',
    costCentre: 'CC-1400',
    timeZone: 'Europe/London',
    rhythm: 'office',
    from: 26,
    to: 48,
    streaming: 0.7,
    workloads: ['contract-review'],
    useCases: ['review', 'summarise'],
    dataClass: 'Restricted',
    models: [
      { model: 'claude-opus-4-5', weight: 30, prompt: 34_000, answer: 1_700, cached: 0.4 },
      { model: 'claude-sonnet-4-5', weight: 50, prompt: 28_000, answer: 1_300, cached: 0.45 },
      { model: 'gemini-2.5-pro', weight: 20, prompt: 41_000, answer: 1_200, cached: 0.3 },
    ],
  },
  {
    slug: 'marketing',
    name: 'Marketing',
    description: 'Copy, campaigns and translations',
    costCentre: 'CC-1700',
    timeZone: 'America/Sao_Paulo',
    rhythm: 'office',
    from: 64,
    to: 58,
    streaming: 0.8,
    workloads: ['campaign-copy', 'translation'],
    useCases: ['draft', 'translate'],
    dataClass: 'Public',
    models: [
      { model: 'gpt-5', weight: 55, prompt: 2_800, answer: 1_500, cached: 0.1 },
      { model: 'gemini-2.5-flash', weight: 30, prompt: 2_200, answer: 900, cached: 0 },
      { model: 'sandbox-claude', weight: 5, prompt: 900, answer: 400, cached: 0 },
      { model: 'gpt-5-mini', weight: 10, prompt: 1_800, answer: 800, cached: 0 },
    ],
  },
]
