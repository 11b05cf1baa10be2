import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockManagedWorkload, requireOwner } from './find-workload.ts'
import { keepVersion } from './keep-version.ts'
import { toWorkloadDto } from './queries.ts'
import { UpdateWorkloadInput, type WorkloadDto } from './schema.ts'

/** Changes who answers for a workload or what it is called; what is left out stays. */
export async function updateWorkload({ ctx, input }: VerbArgs): Promise<WorkloadDto> {
  requirePermission(ctx, 'workloads.manage')
  const { id, reason, ...changes } = parseInput(UpdateWorkloadInput, input)
  return transact(ctx, async tx => {
    const before = await lockManagedWorkload(tx, ctx, id)
    if (before.lifecycle === 'decommissioned') throw conflict(`${before.name} is decommissioned and stays as it was.`)
    await requireOwner(tx, ctx.organizationId, changes.ownerId ?? null)
    const data = { ...changes, version: before.version + 1, updatedAt: new Date() }
    const after = await tx.workload.update({ where: { id }, data })
    await keepVersion(tx, ctx, { before, after, action: 'workload.changed', reason })
    return toWorkloadDto(tx, ctx, after)
  })
}
