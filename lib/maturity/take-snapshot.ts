import { quarterOf } from '#core/maturity/quarter.ts'
import { type Context, systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { eachApart } from '#lib/platform/each-apart.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { assess, statesOf } from './assess.ts'
import { digestOf } from './digest.ts'

/** Keeps how the organization stands in the quarter that runs; one that is over is left as it is. */
export async function takeSnapshot(tx: Transaction, ctx: Context, now = new Date()): Promise<void> {
  const { organizationId } = ctx
  const assessment = await assess(tx, ctx, now)
  const states = statesOf(assessment)
  const data = { stage: assessment.stage, states, digest: digestOf(assessment.stage, states), takenAt: now }
  const quarter = quarterOf(now)
  await tx.maturitySnapshot.upsert({
    where: { organizationId_quarter: { organizationId, quarter } },
    create: { organizationId, quarter, ...data },
    update: data,
  })
}

/** Takes the snapshot of every organization, each in its own transaction. Returns how many. */
export async function takeEverySnapshot(now = new Date()): Promise<number> {
  const organizations = await databases().system.organization.findMany({
    where: { removedAt: null },
    select: { id: true },
  })
  const taken = await eachApart(
    organizations,
    ({ id }) => id,
    ({ id }) => {
      const ctx = systemContext(id, 'maturity-snapshots')
      return transact(ctx, tx => takeSnapshot(tx, ctx, now))
    },
  )
  return taken.length
}
