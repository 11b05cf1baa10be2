import 'server-only'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { runChecks } from './run-checks.ts'
import type { ConsistencyDto } from './schema.ts'

/** Every check as it stands now, those with findings first, errors before warnings. */
export function getConsistency(ctx: Context): Promise<ConsistencyDto> {
  requirePermission(ctx, 'consistency.read')
  return read(ctx, async tx => {
    const checks = await runChecks(tx, ctx)
    const rank = (check: (typeof checks)[number]) =>
      check.findings.length === 0 ? 2 : check.severity === 'error' ? 0 : 1
    return { asOf: new Date().toISOString(), checks: checks.sort((a, b) => rank(a) - rank(b)) }
  })
}
