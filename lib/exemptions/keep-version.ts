import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { keepVersion } from '#lib/records/keep-version.ts'
import type { Exemption } from '#prisma/generated/client.ts'
import { exemptionInWords, gatewayDocument, termsOf } from './exemption-record.ts'

/** Publishes an exemption; false: there is nothing that gateways run of it. */
export async function publishExemption(tx: Transaction, ctx: Context, row: Exemption): Promise<boolean> {
  const where = { organizationId: ctx.organizationId, exemptionId: row.id, unit: 'calls' }
  const budget = row.requestCap === null ? null : await tx.budget.findFirst({ where, select: { id: true } })
  const document = gatewayDocument(row, budget?.id ?? null)
  if (document) await publishConfig(tx, ctx, 'exemption', row.id, document)
  return document !== null
}

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
  const published = await publishExemption(tx, ctx, after)
  if (!published && before && gatewayDocument(before, null)) await withdrawConfig(tx, ctx, 'exemption', after.id)
}
