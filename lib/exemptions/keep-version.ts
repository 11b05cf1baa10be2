import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { keepVersion } from '#lib/records/keep-version.ts'
import type { Exemption } from '#prisma/generated/client.ts'
import { exemptionInWords, gatewayDocument, termsOf } from './exemption-record.ts'

/**
 * Keeps a change of an exemption: its version, the audit entry, and the document that gateways run while it is
 * approved. They see to its end themselves.
 */
export async function keepExemption(
  tx: Transaction,
  ctx: Context,
  change: { before: Exemption | null; after: Exemption; action: string; reason: string },
): Promise<void> {
  const { before, after, action, reason } = change
  await keepVersion(tx, ctx, {
    kind: 'exemption',
    id: after.id,
    name: after.title,
    version: after.version,
    document: { ...termsOf(after), status: after.status, extensions: after.extensions },
    before: before && exemptionInWords(before),
    after: exemptionInWords(after),
    action,
    reason,
  })
  const document = gatewayDocument(after)
  if (document) await publishConfig(tx, ctx, 'exemption', after.id, document)
  else if (before && gatewayDocument(before)) await withdrawConfig(tx, ctx, 'exemption', after.id)
}
