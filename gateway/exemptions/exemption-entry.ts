import { type ExemptionDocument, type ExemptionRecord, exemptionRecord } from '#core/exemptions/exemption.ts'
import { type BudgetEntry, budgetEntry } from '#gateway/config/entries.ts'

/** The exemption itself ends before this does: its cap is one period however often it is extended. */
const FAR = '9998-12-31T00:00:00.000Z'

/** An exemption as the gateway holds it. */
export interface ExemptionEntry extends ExemptionRecord {
  /** What its calls may cost in all, as the budget that it is; null: no cap. */
  readonly cap: BudgetEntry | null
}

export function exemptionEntry(id: string, organizationId: string, document: ExemptionDocument): ExemptionEntry {
  return { ...exemptionRecord(id, document), cap: capOf(id, organizationId, document) }
}

/** Postgres keeps a budget with the id of the exemption for it. */
function capOf(id: string, organizationId: string, document: ExemptionDocument): BudgetEntry | null {
  const { name, spendCapNanoUsd: limitNanoUsd, startsAt: start } = document
  if (limitNanoUsd === null) return null
  const window = { kind: 'fixed', timeZone: 'UTC', start, end: FAR } as const
  const thresholds = [{ atNanoUsd: limitNanoUsd, action: 'stop' as const }]
  const budget = { name, scope: 'organization', target: null, window, limitNanoUsd, thresholds } as const
  return { ...budgetEntry(id, organizationId, budget), of: 'exemption' }
}
