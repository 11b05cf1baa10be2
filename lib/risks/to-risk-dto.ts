import { riskLevel } from '#core/risks/risk.ts'
import type { Risk } from '#prisma/generated/client.ts'
import { inherentOf, readRisk, residualOf, waitsForAcceptance } from './risk-record.ts'
import type { RiskDto } from './schema.ts'

/** A risk as the register shows it. */
export function toRiskDto(row: Risk, ownerName: string | null, controls: number, now = Date.now()): RiskDto {
  const { id, title, likelihood, impact, residualLikelihood, residualImpact, ownerId, version } = row
  return {
    ...{ id, title, likelihood, impact, residualLikelihood, residualImpact, ownerId, ownerName, controls, version },
    ...readRisk(row),
    level: riskLevel(inherentOf(row)),
    residualLevel: riskLevel(residualOf(row)),
    needsAcceptance: waitsForAcceptance(row, now),
    reviewAt: row.reviewAt.toISOString(),
    overdue: row.closedAt === null && row.reviewAt.getTime() <= now,
    closedAt: row.closedAt?.toISOString() ?? null,
  }
}
