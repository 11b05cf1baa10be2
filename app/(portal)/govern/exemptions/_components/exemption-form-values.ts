import type { ExemptionKind, ExemptionSubjectKind } from '#core/exemptions/exemption.ts'

/** What stands in the form. */
export type ExemptionFormValues = {
  title: string
  kind: ExemptionKind
  subjectKind: ExemptionSubjectKind
  target: string
  teamId: string
  modelIds: string[]
  providerIds: string[]
  budgetIds: string[]
  guardrailIds: string[]
  tools: string
  tier: string
  justification: string
  riskMethod: string
  riskRating: string
  riskText: string
  controls: string
  spendCapUsd: string
  requestCap: string
  attestations: string
  reviewBy: string
  starts: string
  ends: string
}

export const EMPTY_EXEMPTION: ExemptionFormValues = {
  title: '',
  kind: 'model',
  subjectKind: 'team',
  target: '',
  teamId: '',
  modelIds: [],
  providerIds: [],
  budgetIds: [],
  guardrailIds: [],
  tools: '',
  tier: '',
  justification: '',
  riskMethod: 'qualitative',
  riskRating: 'medium',
  riskText: '',
  controls: '',
  spendCapUsd: '',
  requestCap: '',
  attestations: '',
  reviewBy: '',
  starts: '',
  ends: '',
}

/** The verb's input: only what fits the kind, one line of a text a thing, days in UTC. */
export function toExemptionInput(values: ExemptionFormValues) {
  const { kind, subjectKind, target, teamId } = values
  const named = subjectKind === 'workload' || subjectKind === 'useCase'
  const attestations = linesOf(values.attestations).map(text => ({ text }))
  const review = values.reviewBy ? [{ text: 'Reviewed whether it is still needed', dueAt: endOf(values.reviewBy) }] : []
  return {
    title: values.title,
    kind,
    subject: { kind: subjectKind, target: target.trim(), teamId: named ? teamId || null : null },
    modelIds: kind === 'model' || kind === 'tier' ? values.modelIds : [],
    providerIds: kind === 'tier' ? values.providerIds : [],
    budgetIds: kind === 'cost' ? values.budgetIds : [],
    guardrailIds: kind === 'guardrail' ? values.guardrailIds : [],
    tools: kind === 'tool_policy' ? linesOf(values.tools) : [],
    tier: values.tier || null,
    justification: values.justification,
    risk: { method: values.riskMethod, rating: values.riskRating, text: values.riskText },
    controls: linesOf(values.controls),
    spendCapUsd: values.spendCapUsd.trim() === '' ? null : values.spendCapUsd.replaceAll(',', '').trim(),
    requestCap: values.requestCap.trim() === '' ? null : Number(values.requestCap.replaceAll(',', '')),
    attestations: [...attestations, ...review],
    startsAt: values.starts ? `${values.starts}T00:00:00Z` : null,
    endsAt: endOf(values.ends),
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
}

function endOf(day: string): string {
  return `${day}T23:59:59Z`
}
