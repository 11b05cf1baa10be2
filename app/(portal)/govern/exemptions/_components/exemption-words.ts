import type { Tone } from '#components/ui/badge.tsx'
import type { ExemptionKind, ExemptionSubjectKind } from '#core/exemptions/exemption.ts'
import type { ExemptionState } from '#core/exemptions/exemption-state.ts'
import type { ExemptionDetailDto, ExemptionDto, ExemptionFiguresDto, ExemptionView } from '#lib/exemptions/schema.ts'

export const KIND_LABELS: Record<ExemptionKind, string> = {
  model: 'Model',
  tier: 'Tier',
  cost: 'Cost',
  guardrail: 'Guardrail',
  tool_policy: 'Tool policy',
}

export const KINDS = Object.keys(KIND_LABELS) as ExemptionKind[]

/** What each kind names. */
export const SCOPE_LABELS: Record<ExemptionKind, string> = {
  model: 'Models',
  tier: 'Models and providers',
  cost: 'Budgets',
  guardrail: 'Guardrails',
  tool_policy: 'Tools',
}

/** What gateways do because of each kind. */
export const KIND_EFFECTS: Record<ExemptionKind, string> = {
  model: 'The models named may be called although they are not approved. A blocked model stays blocked.',
  tier: 'Data up to the tier named may go to the models or providers named. Where data may be processed still holds.',
  cost: 'The budgets named do not refuse; what calls cost is charged to them all the same. The spend cap takes their place.',
  guardrail: 'The guardrails named count what they find and do nothing, except to the most sensitive tier.',
  tool_policy: 'Recorded only: nothing enforces tool policies until agents call tools through the gateway.',
}

export const SUBJECT_LABELS: Record<ExemptionSubjectKind, string> = {
  team: 'Team',
  person: 'Person',
  key: 'Key',
  workload: 'Workload',
  useCase: 'Use case',
}

export const SUBJECTS = Object.keys(SUBJECT_LABELS) as ExemptionSubjectKind[]

export const STATE_WORDS: Record<ExemptionState, { label: string; tone: Tone }> = {
  requested: { label: 'Waits for a decision', tone: 'info' },
  scheduled: { label: 'Begins later', tone: 'info' },
  in_force: { label: 'In force', tone: 'ok' },
  expired: { label: 'Expired', tone: 'neutral' },
  revoked: { label: 'Revoked', tone: 'bad' },
  broken: { label: 'Condition broken', tone: 'bad' },
  declined: { label: 'Declined', tone: 'neutral' },
}

export const VIEW_LABELS: Record<ExemptionView, string> = {
  open: 'Open',
  overdue: 'Overdue',
  due: 'Due in 7 days',
  expired: 'Expired',
  revoked: 'Revoked',
  all: 'All',
}

export const METHOD_LABELS = {
  qualitative: 'By judgement',
  likelihood_impact: 'Likelihood and impact',
  quantitative: 'In figures',
} as const

export const RATING_LABELS = { low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' } as const

/** The register in a sentence. */
export function headline({ open, overdue, due }: ExemptionFiguresDto['counts']): string {
  if (open === 0) return 'No exemption is open'
  const what = open === 1 ? 'One exemption is open' : `${open} exemptions are open`
  if (overdue > 0) return `${what}, ${overdue} overdue`
  return due > 0 ? `${what}, ${due} due in 7 days` : `${what}, none overdue`
}

/** An exemption in a sentence: what it allows, to whom, or what became of it. */
export function exemptionTitle({ title, state, endReason }: ExemptionDetailDto): string {
  if (state === 'in_force') return `${title}: in force`
  if (state === 'broken') return `${title}: ended, since a condition is broken`
  if (state === 'revoked') return `${title}: revoked${endReason ? ` (${endReason})` : ''}`
  return `${title}: ${STATE_WORDS[state].label.toLowerCase()}`
}

export function subjectText({ subject }: Pick<ExemptionDto, 'subject'>): string {
  return `${SUBJECT_LABELS[subject.kind]} ${subject.name}`
}

/** What is named, one after the other. */
export function scopeText({ models, providers, budgets, guardrails, tools }: ExemptionDetailDto): string {
  const names = [...models, ...providers, ...budgets, ...guardrails].map(one => one.name)
  return [...names, ...tools].join(', ')
}
