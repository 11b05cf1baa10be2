import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion } from '#lib/records/keep-version.ts'
import type { Risk } from '#prisma/generated/client.ts'
import { riskDocument, riskInWords } from './risk-record.ts'

/** Keeps a change of a risk: its version and the audit entry. `more` are words of what is not in its own row. */
export function keepRisk(
  tx: Transaction,
  ctx: Context,
  change: {
    before: Risk | null
    after: Risk
    action: string
    reason: string
    more?: { before: InWords; after: InWords }
  },
): Promise<void> {
  const { before, after, action, reason, more } = change
  return keepVersion(tx, ctx, {
    kind: 'risk',
    id: after.id,
    name: after.title,
    version: after.version,
    document: riskDocument(after),
    before: before && { ...riskInWords(before), ...more?.before },
    after: { ...riskInWords(after), ...more?.after },
    action,
    reason,
  })
}
