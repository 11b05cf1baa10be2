import { z } from 'zod'
import { exitCriteria } from '#core/maturity/criteria.ts'
import { STAGES } from '#core/maturity/criterion.ts'
import { CRITERION_STATES } from '#core/maturity/evaluate.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import type { SnapshotDto } from './schema.ts'

const LATEST = 24
const States = z.record(z.string(), z.enum(CRITERION_STATES))

/** How things were in each quarter, the oldest first, at most the last 24. */
export function listSnapshots(ctx: Context): Promise<SnapshotDto[]> {
  requirePermission(ctx, 'maturity.read')
  return read(ctx, async tx => {
    const where = { organizationId: ctx.organizationId }
    const rows = await tx.maturitySnapshot.findMany({ where, orderBy: { quarter: 'desc' }, take: LATEST })
    return rows.reverse().map(({ quarter, stage, states, digest, takenAt }) => {
      const known = States.parse(states)
      const met = STAGES.map(each => {
        const ids = exitCriteria(each).map(({ id }) => id)
        return {
          stage: each,
          met: ids.filter(id => known[id] === 'met' || known[id] === 'exempt').length,
          of: ids.length,
        }
      })
      return { quarter, stage, digest, takenAt: takenAt.toISOString(), met }
    })
  })
}
