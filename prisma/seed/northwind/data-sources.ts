export interface DemoDataSource {
  name: string
  slug: string
  description: string
  tier: string
  owner: string
  systems: string[]
  regions: string[]
  workloads: string[]
}

/** What is Restricted is tied to no workload, so that every call of a sandbox model goes through. */
export const DATA_SOURCES: readonly DemoDataSource[] = [
  {
    name: 'Product catalogue',
    slug: 'product-catalogue',
    description: 'Articles, prices and pictures, as the shop shows them.',
    tier: 'Public',
    owner: 'Yuto Nakamura',
    systems: ['PIM', 'Shop search'],
    regions: [],
    workloads: ['product-search', 'query-rewrite', 'catalog-enrichment', 'campaign-copy', 'translation'],
  },
  {
    name: 'Support tickets',
    slug: 'support-tickets',
    description: 'What customers write to support, with order numbers and replies.',
    tier: 'Internal',
    owner: 'Priya Raman',
    systems: ['Zendesk'],
    regions: [],
    workloads: ['support-chat', 'ticket-triage'],
  },
  {
    name: 'Supplier invoices',
    slug: 'supplier-invoices',
    description: 'Scanned invoices with bank details of suppliers.',
    tier: 'Internal',
    owner: 'Kwame Mensah',
    systems: ['SAP S/4HANA', 'Archive'],
    regions: [],
    workloads: ['invoice-reading'],
  },
  {
    name: 'Employment records',
    slug: 'employment-records',
    description: 'Contracts, salaries and reviews of employees. Never leaves the EU.',
    tier: 'Restricted',
    owner: 'Lucía Fernández',
    systems: ['Workday'],
    regions: ['eu-west'],
    workloads: [],
  },
]
