import type { ExemptionKind } from '#core/exemptions/exemption.ts'
import type { TeamSlug } from './teams.ts'

export interface DemoExemption {
  title: string
  kind: ExemptionKind
  team: TeamSlug
  by: string
  owner: string
  approver: string
  /** Days from today; past ones are negative. */
  starts: number
  ends: number
  ended?: 'revoked' | 'broken' | 'expired'
  endReason?: string
  models?: string[]
  guardrails?: string[]
  /** The team's own budget. */
  budget?: true
  tools?: string[]
  tier?: string
  rating: 'low' | 'medium' | 'high'
  justification: string
  risk: string
  controls?: string[]
  spendCapUsd?: number
  /** A condition to be vouched for, so many days from today. */
  condition?: { text: string; due: number; attested?: true }
  extensions?: number
}

/** What Northwind allows, or allowed, against its rules. None of them touches the sandbox models. */
export const EXEMPTIONS: readonly DemoExemption[] = [
  {
    title: 'Signed contracts in gpt-5 for the year-end review',
    ...{ kind: 'tier', team: 'legal', by: 'Leila Haddad', owner: 'Leila Haddad', approver: 'Amina Khalil' },
    ...{ starts: -24, ends: 5.4, models: ['gpt-5'], tier: 'Restricted', rating: 'high' },
    justification:
      'The year-end review needs clause comparison over 1,400 signed contracts; gpt-5 found twice as many deviations in the trial.',
    risk: 'Contract terms and names of signatories leave the approved models. The provider keeps nothing by contract.',
    controls: ['Signatories are masked before sending', 'Two lawyers read every summary'],
    spendCapUsd: 420,
    condition: { text: 'Masking checked on a sample of 50', due: -12, attested: true },
  },
  {
    title: 'Catalog re-embedding beyond the team budget',
    ...{ kind: 'cost', team: 'search', by: 'Yuto Nakamura', owner: 'Yuto Nakamura', approver: 'Noor de Vries' },
    ...{ starts: -16, ends: 14, budget: true, rating: 'medium', spendCapUsd: 600 },
    justification:
      'Embeddings of the whole catalog are renewed once before the winter sale; the budget is meant for daily traffic.',
    risk: 'Spend beyond plan, bounded by the cap.',
    controls: ['Nightly report of the job to Finance'],
    condition: { text: 'Finance has seen the interim figures', due: -2 },
  },
  {
    title: 'gpt-4o-mini for invoice matching past its sunset',
    ...{ kind: 'model', team: 'payables', by: 'Kwame Mensah', owner: 'Kwame Mensah', approver: 'Noor de Vries' },
    ...{ starts: 24.5, ends: 74, models: ['gpt-4o-mini'], rating: 'low' },
    justification: 'The successor mixes up credit notes; its prompt is rewritten in January.',
    risk: 'The provider may end the model early; matching then waits for people.',
    condition: { text: 'Progress of the migration reported', due: 45 },
  },
  {
    title: 'Bank accounts in supplier letters',
    ...{ kind: 'guardrail', team: 'payables', by: 'Sofia Rossi', owner: 'Kwame Mensah', approver: 'Amina Khalil' },
    ...{ starts: -41, ends: -12, ended: 'expired', guardrails: ['iban'], tier: 'Internal', rating: 'medium' },
    justification: 'Letters quote the supplier’s own account, which is printed on every invoice.',
    risk: 'Account numbers of suppliers reach the model; they are on public invoices.',
    controls: ['Outgoing letters are read before posting'],
  },
  {
    title: 'Publishing tool on the staging site',
    ...{ kind: 'tool_policy', team: 'marketing', by: 'Diego Quispe', owner: 'Diego Quispe', approver: 'Amina Khalil' },
    ...{ starts: -9, ends: 50, tools: ['cms.publish'], rating: 'low' },
    justification: 'The campaign assistant drafts pages on staging; an editor puts them live.',
    risk: 'Drafts show on staging, which only employees reach.',
  },
  {
    title: 'Call transcripts in gemini-2.5-pro',
    ...{ kind: 'tier', team: 'support', by: 'Sione Tupou', owner: 'Priya Raman', approver: 'Noor de Vries' },
    ...{ starts: -38, ends: -8, ended: 'revoked', models: ['gemini-2.5-pro'], tier: 'Restricted', rating: 'high' },
    endReason: 'Transcripts held card numbers that nobody had expected',
    justification: 'Long calls do not fit the approved models’ context.',
    risk: 'Callers may say personal data.',
    controls: ['Calls longer than 40 minutes only'],
  },
  {
    title: 'Label backlog beyond the team budget',
    ...{ kind: 'cost', team: 'data', by: 'Fatima Zahra Benali', owner: 'Rashid Al-Amin', approver: 'Noor de Vries' },
    ...{ starts: -64, ends: -34, ended: 'broken', budget: true, rating: 'low', spendCapUsd: 250 },
    endReason: 'Its calls have cost what they may in all.',
    justification: 'A backlog of two quarters is labelled once.',
    risk: 'Spend beyond plan, bounded by the cap.',
  },
  past('o3 for the pricing study', 'model', 'data', 'Dmytro Petrenko', -118, -92),
  past('Press texts with customer names', 'tier', 'marketing', 'Aroha Ngata', -147, -120),
  past('Winter campaign beyond the budget', 'cost', 'marketing', 'Diego Quispe', -300, -271),
  past('Legacy summariser past its sunset', 'model', 'support', 'Ana Kovačić', -236, -180),
  past('Account numbers in refund letters', 'guardrail', 'payables', 'Sofia Rossi', -205, -177),
  past('Search trial with an unlisted reranker', 'model', 'search', 'Thi Mai Nguyen', -88, -52),
]

/** One of long ago, of which the register keeps little more than that it was. */
function past(
  title: string,
  kind: ExemptionKind,
  team: TeamSlug,
  by: string,
  starts: number,
  ends: number,
): DemoExemption {
  const names = {
    model: { models: ['gpt-4o-mini'] },
    tier: { models: ['gpt-4.1'], tier: 'Restricted' },
    cost: { budget: true as const, spendCapUsd: 180 },
    guardrail: { guardrails: ['iban'], tier: 'Internal' },
    tool_policy: { tools: ['archive'] },
  }[kind]
  const texts = { justification: 'A piece of work with an end in sight.', risk: 'Small, and watched by the team lead.' }
  const people = { by, owner: by, approver: 'Noor de Vries' }
  return { title, kind, team, ...people, starts, ends, ended: 'expired', rating: 'low', ...names, ...texts }
}

/** What waits for a decision: a developer's request, and more time for the year-end review. */
export const ASKED = {
  by: 'Ana Kovačić',
  team: 'support' as TeamSlug,
  title: 'Chat transcripts in gemini-2.5-flash for the tone study',
  models: ['gemini-2.5-flash'],
  tier: 'Restricted',
  days: 21,
  justification: 'Two weeks of chats are scored for tone; the approved models do not know the slang of our markets.',
  risk: 'Customers write names and order numbers into chats. Masked before sending, kept nowhere.',
}
