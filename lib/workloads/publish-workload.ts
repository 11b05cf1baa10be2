import type { ConfigDocumentInput } from '#core/contracts/config-documents.ts'
import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Workload } from '#prisma/generated/client.ts'

/** A workload as gateways run it. One that is decommissioned stays: its name is refused, not unknown. */
export function documentOf(workload: Workload): ConfigDocumentInput<'workload'> {
  return {
    slug: workload.slug,
    name: workload.name,
    lifecycle: workload.lifecycle as ConfigDocumentInput<'workload'>['lifecycle'],
    sunsetAt: workload.sunsetAt?.toISOString() ?? null,
    teamId: workload.teamId,
    keyScope: workload.keyScope as ConfigDocumentInput<'workload'>['keyScope'],
    tier: workload.tier,
    modelIds: workload.modelIds,
    costPerCallNanoUsd: workload.costPerCallNanoUsd?.toString() ?? null,
  }
}

/** Publishes a workload: gateways hold its calls to it within a second. */
export async function publishWorkload(tx: Transaction, ctx: Context, workload: Workload): Promise<void> {
  await publishConfig(tx, ctx, 'workload', workload.id, documentOf(workload))
  await announce(tx, ctx, 'config', workload.id)
}
