import type { Tone } from '#components/ui/badge.tsx'
import type { RiskCategory, RiskLevel, RiskTreatment } from '#core/risks/risk.ts'
import type { ControlKind, RiskDetailDto, RiskDto } from '#lib/risks/schema.ts'

export const LEVEL_WORDS: Record<RiskLevel, { label: string; tone: Tone }> = {
  low: { label: 'Low', tone: 'ok' },
  medium: { label: 'Medium', tone: 'info' },
  high: { label: 'High', tone: 'warn' },
  critical: { label: 'Critical', tone: 'bad' },
}

export const CATEGORY_LABELS: Record<RiskCategory, string> = {
  data: 'Data',
  output: 'Output',
  security: 'Security',
  operation: 'Operation',
  cost: 'Cost',
  people: 'People',
  law: 'Law',
}

export const TREATMENT_LABELS: Record<RiskTreatment, string> = {
  avoid: 'Avoid',
  mitigate: 'Mitigate',
  transfer: 'Transfer',
  accept: 'Accept',
}

export const CONTROL_LABELS: Record<ControlKind, string> = {
  guardrail: 'Guardrail',
  budget: 'Budget',
  policy: 'Policy',
  exemption: 'Exemption',
  rate_limit: 'Rate limit',
  route: 'Route',
}

export const LIKELIHOODS = ['Rare', 'Unlikely', 'Possible', 'Likely', 'Almost certain'] as const
export const IMPACTS = ['Negligible', 'Minor', 'Moderate', 'Major', 'Severe'] as const

/** The register in a sentence. */
export function headline(risks: readonly RiskDto[]): string {
  const open = risks.filter(({ closedAt }) => closedAt === null)
  if (open.length === 0) return 'No risk is on record'
  const grave = open.filter(({ residualLevel }) => residualLevel === 'high' || residualLevel === 'critical').length
  const late = open.filter(({ overdue }) => overdue).length
  const what = open.length === 1 ? 'One risk is open' : `${open.length} risks are open`
  const left = grave === 0 ? 'none stays high' : grave === 1 ? 'one stays high' : `${grave} stay high`
  return late > 0 ? `${what}, ${left}, ${late} overdue for review` : `${what}, ${left}`
}

/** A risk in a sentence. */
export function riskTitle({ title, closedAt, level, residualLevel }: RiskDetailDto): string {
  if (closedAt) return `${title}: closed`
  const [from, to] = [LEVEL_WORDS[level].label.toLowerCase(), LEVEL_WORDS[residualLevel].label.toLowerCase()]
  return from === to ? `${title}: ${to}, with its controls too` : `${title}: ${to} with its controls, ${from} without`
}
