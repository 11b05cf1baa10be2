import { Prisma } from '#prisma/generated/client.ts'
import type { Context } from './context.ts'
import { databases } from './database.ts'
import { conflict } from './errors.ts'
import { beginEnding, writeEnding } from './transaction-ending.ts'

export type Transaction = Prisma.TransactionClient

/**
 * Runs a verb's work in one transaction that sees the caller's organization only. Called inside another
 * verb's transaction (`ctx.tx`), it joins that one: both happen or neither. Throws a conflict when somebody else wrote
 * the same at the same moment.
 */
export async function transact<T>(ctx: Context, run: (tx: Transaction) => Promise<T>): Promise<T> {
  if (ctx.tx) return run(ctx.tx)
  try {
    return await databases().app.$transaction(async tx => {
      await enterOrganization(tx, ctx.organizationId)
      beginEnding(tx)
      const result = await run(tx)
      await writeEnding(tx)
      return result
    })
  } catch (error) {
    if (!isCollision(error)) throw error
    throw conflict('Somebody else changed this at the same moment. Look at how it is now, and try again.')
  }
}

/** Prisma's codes: a unique constraint failed; a write conflict or a deadlock. */
const COLLISIONS: ReadonlySet<string> = new Set(['P2002', 'P2034'])

function isCollision(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && COLLISIONS.has(error.code)
}

/** Runs reads in one transaction that sees the caller's organization only. */
export function read<T>(ctx: Context, run: (tx: Transaction) => Promise<T>): Promise<T> {
  return transact(ctx, run)
}

/** Row-level security reads this setting; it ends with the transaction. */
async function enterOrganization(tx: Transaction, organizationId: string): Promise<void> {
  await tx.$executeRaw`select set_config('gatehouse.organization_id', ${organizationId}, true)`
}
