import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** Publishes what a person has acknowledged, as the gateways know it: the newest version by policy. */
export async function publishAcknowledgement(tx: Transaction, ctx: Context, personId: string): Promise<void> {
  const rows = await tx.policyAcknowledgement.groupBy({
    by: ['policyId'],
    where: { organizationId: ctx.organizationId, personId },
    _max: { number: true },
  })
  const versions = Object.fromEntries(rows.map(({ policyId, _max }) => [policyId, _max.number ?? 0]))
  await publishConfig(tx, ctx, 'acknowledgement', personId, { versions })
}
