import type { Context } from '#lib/platform/context.ts'
import { invalid } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** Throws `invalid_input` unless a key of the team can be bound to the workload. */
export async function requireBindable(
  tx: Transaction,
  { organizationId }: Context,
  workloadId: string,
  teamId: string,
): Promise<void> {
  const workload = await tx.workload.findFirst({ where: { id: workloadId, organizationId } })
  if (!workload) throw invalid('workloadId', 'This is no workload of the organization.')
  if (workload.lifecycle === 'decommissioned') {
    throw invalid('workloadId', `${workload.name} is decommissioned and takes no calls. Choose another workload.`)
  }
  if (workload.teamId === teamId || workload.keyScope === 'organization') return
  throw invalid('workloadId', `${workload.name} is another team's, and takes keys of that team only.`)
}
