/** The number of a decision: `BD-2026-014`, counted from 1 in each year. */
export function decisionNumber(year: number, sequence: number): string {
  return `BD-${year}-${String(sequence).padStart(3, '0')}`
}
