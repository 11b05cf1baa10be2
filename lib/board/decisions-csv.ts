import { toCsv } from '#lib/platform/csv.ts'
import type { DecisionDto } from './dto.ts'

/** The register of decisions as CSV (RFC 4180). */
export function decisionsCsv(decisions: readonly DecisionDto[]): string {
  return toCsv<DecisionDto>(
    [
      { header: 'number', value: row => row.number },
      { header: 'decided_at', value: row => row.decidedAt },
      { header: 'title', value: row => row.title },
      { header: 'question', value: row => row.question },
      { header: 'outcome', value: row => row.outcome },
      { header: 'for', value: row => row.tally.for },
      { header: 'against', value: row => row.tally.against },
      { header: 'abstain', value: row => row.tally.abstain },
      { header: 'recused', value: row => row.tally.recused },
      { header: 'effective_from', value: row => row.effectiveFrom },
      { header: 'review_by', value: row => row.reviewBy },
      { header: 'superseded_by', value: row => row.supersededBy?.number },
      { header: 'open_conditions', value: row => row.openConditions },
    ],
    decisions,
  )
}
