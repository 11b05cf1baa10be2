import type { z } from 'zod'
import { criteriaFor } from '#core/workloads/criteria.ts'
import { mayGo, TRANSITIONS, type WorkloadLifecycle } from '#core/workloads/lifecycle.ts'
import { openApproval } from '#lib/approvals/open-approval.ts'
import { tiersOfSources } from '#lib/data-sources/tiers-of-sources.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockManagedWorkload } from './find-workload.ts'
import { RequestTransitionInput, type TransitionRequestedDto } from './schema.ts'
import { reclaimedBy, requireCriteria, type TransitionSnapshot, transitionKind } from './transition-kind.ts'
import { factsOf } from './workload-facts.ts'

/**
 * Asks for a workload to go on in its lifecycle. Throws `conflict` when it cannot go there from where it stands, or
 * when something has to hold first that is not asked to be let go of.
 */
export async function requestTransition({ ctx, input }: VerbArgs): Promise<z.infer<typeof TransitionRequestedDto>> {
  requirePermission(ctx, 'workloads.manage')
  const { id, to, reason, waive, sunsetAt, migrationPlan } = parseInput(RequestTransitionInput, input)
  return transact(ctx, async tx => {
    const workload = await lockManagedWorkload(tx, ctx, id)
    const from = workload.lifecycle as WorkloadLifecycle
    if (!mayGo(from, to)) {
      const next = TRANSITIONS[from].join(' or ')
      throw conflict(
        `${workload.name} is ${from === 'deprecated' || from === 'decommissioned' ? from : `in ${from}`}. ${next ? `From there it goes to ${next}.` : 'That is its end.'}`,
      )
    }
    const now = new Date()
    const end = sunsetAt === null ? null : new Date(sunsetAt)
    const criteria = criteriaFor(to, await factsOf(tx, workload, { sunsetAt: end, migrationPlan }, now), now)
    const unknown = waive.find(one => !criteria.some(criterion => criterion.id === one && criterion.waivable))
    if (unknown !== undefined) throw invalid('waive', `"${unknown}" is nothing that can be let go of here.`)
    const waived = criteria
      .filter(one => waive.includes(one.id) && one.state !== 'met')
      .map(one => ({ id: one.id, title: one.title }))
    await requireCriteria(tx, workload, { to, sunsetAt, migrationPlan, waived })
    const reclaimed = await reclaimedBy(tx, workload, to)
    const snapshot: TransitionSnapshot = {
      ...{ workloadId: id, workload: workload.name, from, to, sunsetAt, migrationPlan, waived, reclaimed },
    }
    const request = await openApproval(tx, ctx, {
      kind: transitionKind,
      subjectId: id,
      title: `${workload.name} to ${to}`,
      reason,
      snapshot,
      teamId: workload.teamId,
      risk: to === 'production' || to === 'decommissioned' ? 'high' : 'medium',
      tiers: [workload.tier, ...(await tiersOfSources(tx, ctx.organizationId, { workload: workload.slug }))],
      rule: `A workload goes to ${to}`,
      excludedIds: workload.ownerId ? [workload.ownerId] : [],
    })
    return { approvalId: request.id, state: request.state }
  })
}
