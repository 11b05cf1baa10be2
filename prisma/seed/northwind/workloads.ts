import type { WorkloadLifecycle } from '#core/workloads/lifecycle.ts'
import type { TeamSlug } from './teams.ts'

export interface DemoWorkload {
  slug: string
  name: string
  team: TeamSlug
  owner: string
  lifecycle: WorkloadLifecycle
  objective: string
  currentState: string
  approach: string
  metric: [name: string, minimum: string, target: string]
  /** US dollars. */
  month: string
  /** Days until the next review; negative: it is overdue. */
  review: number
  /** Days until its sunset. */
  sunset?: number
  migrationPlan?: string
}

/**
 * What Northwind uses models for. All take every key, and have the models of the sandbox beside their own: a call that a
 * newcomer makes in their name is served. `translation` stays unregistered, to be found in traffic.
 */
export const WORKLOADS: readonly DemoWorkload[] = [
  {
    slug: 'support-chat',
    name: 'Support chat',
    team: 'support',
    owner: 'Tomás Herrera',
    lifecycle: 'production',
    objective: 'Draft answers to customers in the chat about orders, returns and invoices',
    currentState: 'Eleven people answered 900 chats a day, half of them about parcels',
    approach: 'Drafts from the handbook and the order; a person sends them',
    metric: ['Drafts sent without a change', '55 %', '70 %'],
    month: '4000',
    review: 96,
  },
  {
    slug: 'ticket-triage',
    name: 'Ticket triage',
    team: 'support',
    owner: 'Ana Kovačić',
    lifecycle: 'production',
    objective: 'Sort incoming tickets by urgency and topic, so that outages are seen first',
    currentState: 'Two people read every ticket in the morning',
    approach: 'A small model marks urgency and topic; queues follow the marks',
    metric: ['Urgent tickets found', '92 %', '98 %'],
    month: '900',
    review: 18,
  },
  {
    slug: 'catalog-enrichment',
    name: 'Catalog enrichment',
    team: 'data',
    owner: 'Fatima Zahra Benali',
    lifecycle: 'production',
    objective: 'Fill missing attributes of articles from their descriptions and data sheets',
    currentState: 'Suppliers leave a third of the attributes empty',
    approach: 'Extraction at night, with a check of every value against its unit',
    metric: ['Attributes that hold on a sample', '95 %', '98 %'],
    month: '6000',
    review: 61,
  },
  {
    slug: 'quality-checks',
    name: 'Warehouse quality checks',
    team: 'data',
    owner: 'Dmytro Petrenko',
    lifecycle: 'staging',
    objective: 'Find rows in the warehouse that contradict each other and say why',
    currentState: 'Rules find what somebody thought of before',
    approach: 'A model compares rows in samples and explains what it doubts',
    metric: ['Doubts that turn out right', '60 %', '80 %'],
    month: '1500',
    review: -9,
  },
  {
    slug: 'product-search',
    name: 'Product search',
    team: 'search',
    owner: 'Thi Mai Nguyen',
    lifecycle: 'production',
    objective: 'Find articles by what they are for and not only by their names',
    currentState: 'Search by words found nothing for one query of nine',
    approach: 'Embeddings of articles and queries, blended with the search by words',
    metric: ['Queries without a hit', 'below 6 %', 'below 3 %'],
    month: '2500',
    review: 120,
  },
  {
    slug: 'query-rewrite',
    name: 'Query rewriting',
    team: 'search',
    owner: 'Yuto Nakamura',
    lifecycle: 'staging',
    objective: 'Mend misspelt and colloquial queries before they are searched',
    currentState: 'A list of synonyms that three people keep',
    approach: 'A small model proposes one rewriting; both are searched',
    metric: ['Rewritten queries that end in a click', '35 %', '45 %'],
    month: '700',
    review: 150,
  },
  {
    slug: 'invoice-reading',
    name: 'Invoice reading',
    team: 'payables',
    owner: 'Sofia Rossi',
    lifecycle: 'production',
    objective: 'Read supplier, amounts and order numbers from invoices and match them to orders',
    currentState: 'Four people type in 600 invoices a day',
    approach: 'Fields are read by a model and matched by rules; people see what does not match',
    metric: ['Invoices matched untouched', '70 %', '85 %'],
    month: '2500',
    review: 44,
  },
  {
    slug: 'contract-review',
    name: 'Contract review',
    team: 'legal',
    owner: 'Leila Haddad',
    lifecycle: 'development',
    objective: 'Mark clauses in supplier contracts that differ from the standard, with the reason',
    currentState: 'Counsel reads each contract twice',
    approach: 'A model names differing clauses; counsel decides on each',
    metric: ['Differing clauses found', '95 %', '99 %'],
    month: '1800',
    review: 133,
  },
  {
    slug: 'campaign-copy',
    name: 'Campaign copy',
    team: 'marketing',
    owner: 'Aroha Ngata',
    lifecycle: 'deprecated',
    objective: 'Draft newsletters and advertisements in the voice of the house',
    currentState: 'An agency wrote them',
    approach: 'Drafts from the brief of the campaign, which an editor finishes',
    metric: ['Drafts used', '40 %', '60 %'],
    month: '1200',
    review: 30,
    sunset: 46,
    migrationPlan: 'The new suite writes its own drafts. Campaigns that begin after the sale use it.',
  },
]
