import { type ExemptionDocument, type ExemptionRecord, exemptionRecord } from '#core/exemptions/exemption.ts'
import { type BudgetEntry, budgetEntry } from '#gateway/config/entries.ts'

/** The exemption itself ends before this does: its cap is one period however often it is extended. */
const FAR = '9998-12-31T00:00:00.000Z'

/** An exemption as the gateway holds it. */
export interface ExemptionEntry extends ExemptionRecord {
  /** What its calls may cost, and how many they may be, as the budgets that these are; empty: no cap. */
  readonly caps: readonly ExemptionCap[]
}

/** A cap of an exemption. Postgres keeps a budget for it, a spend cap's with the id of the exemption. */
export interface ExemptionCap extends BudgetEntry {
  readonly exemptionId: string
}

export function exemptionEntry(id: string, organizationId: string, document: ExemptionDocument): ExemptionEntry {
  const { name, spendCapNanoUsd, callCap, startsAt: start } = document
  const window = { kind: 'fixed', timeZone: 'UTC', start, end: FAR } as const
  const cap = (budgetId: string, unit: BudgetEntry['unit'], limit: bigint): ExemptionCap => {
    const thresholds = [{ atNanoUsd: limit, action: 'stop' as const }]
    const budget = { name, scope: 'organization', target: null, window, limitNanoUsd: limit, thresholds } as const
    return { ...budgetEntry(budgetId, organizationId, budget), of: 'exemption', unit, exemptionId: id }
  }
  const caps: ExemptionCap[] = []
  if (spendCapNanoUsd !== null) caps.push(cap(id, 'nanoUsd', spendCapNanoUsd))
  if (callCap !== null) caps.push(cap(callCap.budgetId, 'calls', BigInt(callCap.calls)))
  return { ...exemptionRecord(id, document), caps }
}

export function isExemptionCap(entry: BudgetEntry): entry is ExemptionCap {
  return entry.of === 'exemption'
}
