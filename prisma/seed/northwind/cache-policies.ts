/** Whose repeated requests the demonstration's company answers from its cache. */
export interface DemoCachePolicy {
  name: string
  workload: string
  /** Days ago it was made. */
  age: number
  ttlSeconds: number
  deterministicOnly: boolean
  includeTools: boolean
  /** Share of its requests that had been asked before. */
  hits: number
  reason: string
}

export const CACHE_POLICIES: readonly DemoCachePolicy[] = [
  {
    name: 'Product search',
    workload: 'product-search',
    age: 66,
    ttlSeconds: 604_800,
    deterministicOnly: false,
    includeTools: false,
    hits: 0.44,
    reason: 'The same queries come all day; embeddings of one text never change',
  },
  {
    name: 'Catalog enrichment',
    workload: 'catalog-enrichment',
    age: 41,
    ttlSeconds: 86_400,
    deterministicOnly: true,
    includeTools: false,
    hits: 0.21,
    reason: 'Nightly batches read unchanged products again',
  },
  {
    name: 'Ticket triage',
    workload: 'ticket-triage',
    age: 19,
    ttlSeconds: 3_600,
    deterministicOnly: false,
    includeTools: false,
    hits: 0.09,
    reason: 'Newsletters and bounces are classified again and again',
  },
]
