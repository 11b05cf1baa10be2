import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { CONSISTENCY_CHECKS } from './checks.ts'
import type { CheckDto } from './schema.ts'

/** Runs every check against the records as the transaction sees them. */
export async function runChecks(tx: Transaction, ctx: Context): Promise<CheckDto[]> {
  const found: CheckDto[] = []
  for (const { id, title, consequence, severity, run } of CONSISTENCY_CHECKS) {
    found.push({ id, title, consequence, severity, findings: await run(tx, ctx) })
  }
  return found
}
