/** Kinds of record that can enforce a clause. */
export const LINK_KINDS = [
  'guardrail',
  'budget',
  'tier',
  'rate_limit',
  'route',
  'model',
  'data_source',
  'key_requirement',
] as const
export type LinkKind = (typeof LINK_KINDS)[number]

export const LINK_TITLES: Readonly<Record<LinkKind, string>> = {
  guardrail: 'Guardrail',
  budget: 'Budget',
  tier: 'Classification tier',
  rate_limit: 'Rate limit',
  route: 'Route',
  model: 'Model',
  data_source: 'Data source',
  key_requirement: 'Key requirement',
}
