import { toCsv } from '#lib/platform/csv.ts'
import type { CoverageDto } from './schema.ts'

/** Coverage as CSV, one line a person; what is still to do has empty fields. */
export function coverageCsv({ policyName, number, people }: CoverageDto): string {
  return toCsv<CoverageDto['people'][number]>(
    [
      { header: 'policy', value: () => policyName },
      { header: 'askedVersion', value: () => number },
      { header: 'person', value: row => row.name },
      { header: 'teams', value: row => row.teams.join('; ') },
      { header: 'acknowledgedVersion', value: row => row.acknowledged?.number },
      { header: 'acknowledgedAt', value: row => row.acknowledged?.at },
      { header: 'sha256', value: row => row.acknowledged?.sha256 },
    ],
    people,
  )
}
