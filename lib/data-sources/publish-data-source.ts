import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { DataSource } from '#prisma/generated/client.ts'

/** Publishes a data source as the gateways know it. */
export async function publishDataSource(tx: Transaction, ctx: Context, source: DataSource): Promise<void> {
  const { slug, name, tier, regions, workloads } = source
  await publishConfig(tx, ctx, 'data_source', source.id, { slug, name, tier, regions, workloads })
  await announce(tx, ctx, 'config', source.id)
}
