import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** Until commit, nobody else changes this organization's providers and models: names stay unique among them. */
export async function lockCatalog(tx: Transaction, ctx: Context): Promise<void> {
  await tx.$queryRaw`select 1 from (select pg_advisory_xact_lock(hashtext(${`catalog:${ctx.organizationId}`}))) as held`
}
