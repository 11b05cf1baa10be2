import type { ProviderName } from './catalog.ts'

/** What the organization has found out about a provider's models. Null: nobody has asked yet. */
export const PROVIDER_TERMS: Partial<Record<ProviderName, { retentionDays: number; trainingOptOut: boolean }>> = {
  Sandbox: { retentionDays: 0, trainingOptOut: true },
  OpenAI: { retentionDays: 30, trainingOptOut: true },
  Anthropic: { retentionDays: 30, trainingOptOut: true },
  'Azure OpenAI eu-west': { retentionDays: 30, trainingOptOut: true },
}

export interface ModelFacts {
  owner: string
  lineage: string
  /** Days from now. */
  reviewIn: number
  card: string
}

const card = (name: string, made: string, weak: string) =>
  `# ${name}\n\n## What it is for\n\n${made}\n\n## Where it fails\n\n${weak}\n\n## How it was tried\n\nFifty calls of the team's own golden set, read by two people.\n`

/** By identifier; the others still wait for somebody to describe them. */
export const MODEL_FACTS: Readonly<Record<string, ModelFacts>> = {
  'gpt-5': {
    owner: 'Yuto Nakamura',
    lineage: 'GPT-5 family, base model of OpenAI',
    reviewIn: 64,
    card: card('GPT-5', 'Search answers with several sources.', 'Long tables lose rows; ask for fewer at a time.'),
  },
  'gpt-5-mini': {
    owner: 'Priya Raman',
    lineage: 'GPT-5 family, small',
    reviewIn: 9,
    card: card('GPT-5 mini', 'Ticket triage and short drafts.', 'Takes irony literally; drafts are read by a person.'),
  },
  'text-embedding-3-large': {
    owner: 'Yuto Nakamura',
    lineage: 'Embedding 3 family',
    reviewIn: 120,
    card: card('Text embedding 3 large', 'The search index.', 'Short product codes lie close to each other.'),
  },
  'claude-sonnet-4-5': {
    owner: 'Rashid Al-Amin',
    lineage: 'Claude 4.5 family, middle',
    reviewIn: 88,
    card: card('Claude Sonnet 4.5', 'Pipelines that write code.', 'Invents column names when the schema is left out.'),
  },
  'claude-haiku-4-5': {
    owner: 'Priya Raman',
    lineage: 'Claude 4.5 family, small',
    reviewIn: 41,
    card: card('Claude Haiku 4.5', 'Answers while a customer waits.', 'Short answers to questions with several parts.'),
  },
  'claude-opus-4-5': {
    owner: 'Leila Haddad',
    lineage: 'Claude 4.5 family, large',
    reviewIn: 30,
    card: card('Claude Opus 4.5', 'First reading of contracts; a lawyer reads after it.', 'Misses clauses in annexes.'),
  },
  'gpt-4o': { owner: 'Rashid Al-Amin', lineage: 'GPT-4o family', reviewIn: 12, card: '' },
}
