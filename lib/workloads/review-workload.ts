import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockManagedWorkload } from './find-workload.ts'
import { keepVersion } from './keep-version.ts'
import { toWorkloadDto } from './queries.ts'
import { ReviewWorkloadInput, type WorkloadDto } from './schema.ts'

const DAY_MS = 86_400_000

/** Records that somebody looked at a workload, and when the next look is due. */
export async function reviewWorkload({ ctx, input }: VerbArgs): Promise<WorkloadDto> {
  requirePermission(ctx, 'workloads.manage')
  const { id, note, nextReviewInDays } = parseInput(ReviewWorkloadInput, input)
  return transact(ctx, async tx => {
    const before = await lockManagedWorkload(tx, ctx, id)
    if (before.lifecycle === 'decommissioned')
      throw conflict(`${before.name} is decommissioned; nothing is left to review.`)
    const reviewedAt = new Date()
    const reviewBy = new Date(reviewedAt.getTime() + nextReviewInDays * DAY_MS)
    const data = { reviewedAt, reviewBy, version: before.version + 1, updatedAt: reviewedAt }
    const after = await tx.workload.update({ where: { id }, data })
    await keepVersion(tx, ctx, { before, after, action: 'workload.reviewed', reason: note })
    return toWorkloadDto(tx, ctx, after)
  })
}
