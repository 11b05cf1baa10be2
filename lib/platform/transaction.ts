import type { Prisma } from '#prisma/generated/client.ts'
import type { Context } from './context.ts'
import { databases } from './database.ts'

export type Transaction = Prisma.TransactionClient

/**
 * Runs a verb's work in one transaction that sees the caller's organization only. Called inside another
 * verb's transaction (`ctx.tx`), it joins that one: both happen or neither.
 */
export async function transact<T>(ctx: Context, run: (tx: Transaction) => Promise<T>): Promise<T> {
  if (ctx.tx) return run(ctx.tx)
  return databases().app.$transaction(async tx => {
    await enterOrganization(tx, ctx.organizationId)
    return run(tx)
  })
}

/** Runs reads in one transaction that sees the caller's organization only. */
export function read<T>(ctx: Context, run: (tx: Transaction) => Promise<T>): Promise<T> {
  return transact(ctx, run)
}

/** Row-level security reads this setting; it ends with the transaction. */
async function enterOrganization(tx: Transaction, organizationId: string): Promise<void> {
  await tx.$executeRaw`select set_config('gatehouse.organization_id', ${organizationId}, true)`
}
