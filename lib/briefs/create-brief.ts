import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findWorkload } from '#lib/workloads/find-workload.ts'
import { requirePeople } from './find-brief.ts'
import { toBriefDetail } from './queries.ts'
import { type BriefDetailDto, CreateBriefInput } from './schema.ts'

/** Begins a brief. Nothing is decided by it until it is submitted and approved. */
export async function createBrief({ ctx, input }: VerbArgs): Promise<BriefDetailDto> {
  requirePermission(ctx, 'workloads.propose')
  const { workloadId, ...data } = parseInput(CreateBriefInput, input)
  return transact(ctx, async tx => {
    const workload = workloadId === null ? null : await findWorkload(tx, ctx, workloadId)
    const teamId =
      data.teamId ?? workload?.teamId ?? (ctx.actor.kind === 'person' ? ctx.actor.teamIds[0] : null) ?? null
    await requirePeople(tx, ctx, { teamId })
    const ownerId = workload?.ownerId ?? (ctx.actor.kind === 'person' ? ctx.actor.id : null)
    const objective = workload?.objective ? { content: { objective: workload.objective } } : {}
    const brief = await tx.brief.create({
      data: {
        id: newId(),
        organizationId: ctx.organizationId,
        ...data,
        ...objective,
        slug: workload?.slug ?? data.slug,
        ...{ teamId, ownerId, workloadId },
        authorId: ctx.actor.kind === 'person' ? ctx.actor.id : null,
        authorName: ctx.actor.name,
      },
    })
    await audit(tx, ctx, {
      action: 'brief.begun',
      subject: { kind: 'brief', id: brief.id, name: brief.name },
      after: { teamId, workloadId },
    })
    return toBriefDetail(tx, ctx, brief)
  })
}
