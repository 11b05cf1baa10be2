/** What a fact of a model is called, and where it is put right; see lib/models/completeness.ts. */
const FACTS: Readonly<Record<string, { name: string; field: 'edit' | 'price' | 'terms' }>> = {
  capabilities: { name: 'capabilities', field: 'edit' },
  modalities: { name: 'modalities', field: 'edit' },
  contextWindow: { name: 'context window', field: 'edit' },
  maxOutputTokens: { name: 'longest answer', field: 'edit' },
  tiers: { name: 'classes of data', field: 'edit' },
  regions: { name: 'regions', field: 'edit' },
  inputPrice: { name: 'input price', field: 'price' },
  outputPrice: { name: 'output price', field: 'price' },
  retention: { name: 'retention at the provider', field: 'edit' },
  trainingOptOut: { name: 'training opt-out', field: 'edit' },
  owner: { name: 'owner', field: 'edit' },
  lineage: { name: 'lineage', field: 'edit' },
  modelCard: { name: 'model card', field: 'edit' },
  reviewBy: { name: 'review date', field: 'edit' },
  onlyFor: { name: 'whom it is restricted to', field: 'terms' },
}

export function factName(fact: string): string {
  return FACTS[fact]?.name ?? fact
}

/** The page on which a missing fact of a model is filled in. */
export function fixHref(modelId: string, fact: string): string {
  const field = FACTS[fact]?.field ?? 'edit'
  if (field === 'edit') return `/build/models/${modelId}/edit#${fact}`
  return field === 'price' ? `/build/models/${modelId}` : `/govern/catalog/${modelId}`
}
