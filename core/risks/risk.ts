/** What is done about a risk. */
export const RISK_TREATMENTS = ['avoid', 'mitigate', 'transfer', 'accept'] as const
export type RiskTreatment = (typeof RISK_TREATMENTS)[number]

export const RISK_CATEGORIES = ['data', 'output', 'security', 'operation', 'cost', 'people', 'law'] as const
export type RiskCategory = (typeof RISK_CATEGORIES)[number]

export const RISK_LEVELS = ['low', 'medium', 'high', 'critical'] as const
export type RiskLevel = (typeof RISK_LEVELS)[number]

/** Likelihood and impact, each from 1 to 5. */
export interface RiskRating {
  readonly likelihood: number
  readonly impact: number
}

/** Likelihood times impact, from 1 to 25. */
export function riskScore({ likelihood, impact }: RiskRating): number {
  return likelihood * impact
}

/** The level of a score: low below 5, medium below 10, high below 15, critical from there on. */
export function riskLevel(rating: RiskRating): RiskLevel {
  const score = riskScore(rating)
  if (score >= 15) return 'critical'
  if (score >= 10) return 'high'
  return score >= 5 ? 'medium' : 'low'
}

/** Whether accepting a risk as it stands is for others to decide than who manages it. */
export function needsAcceptance(treatment: RiskTreatment, residual: RiskRating): boolean {
  const level = riskLevel(residual)
  return treatment === 'accept' && (level === 'high' || level === 'critical')
}
