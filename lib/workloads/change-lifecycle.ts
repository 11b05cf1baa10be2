import type { WorkloadLifecycle } from '#core/workloads/lifecycle.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Workload } from '#prisma/generated/client.ts'
import { keepVersion } from './keep-version.ts'
import { reclaim } from './reclaim.ts'

interface LifecycleChange {
  readonly to: WorkloadLifecycle
  readonly sunsetAt: string | null
  readonly migrationPlan: string
  readonly reason: string
}

/**
 * Moves a workload on, in the transaction of the approval that allows it; at its end, what it used is reclaimed. Called
 * by the approval of transitions alone.
 */
export async function changeLifecycle(
  tx: Transaction,
  ctx: Context,
  before: Workload,
  { to, sunsetAt, migrationPlan, reason }: LifecycleChange,
): Promise<Workload> {
  const ending = to === 'deprecated' || to === 'decommissioned'
  const after = await tx.workload.update({
    where: { id: before.id },
    data: {
      lifecycle: to,
      sunsetAt: to === 'deprecated' && sunsetAt ? new Date(sunsetAt) : ending ? before.sunsetAt : null,
      migrationPlan: ending ? migrationPlan || before.migrationPlan : '',
      version: before.version + 1,
      updatedAt: new Date(),
    },
  })
  const action = to === 'decommissioned' ? 'workload.decommissioned' : 'workload.moved'
  await keepVersion(tx, ctx, { before, after, action, reason })
  if (to === 'decommissioned') await reclaim(tx, ctx, after, `${after.name} is decommissioned`)
  return after
}
