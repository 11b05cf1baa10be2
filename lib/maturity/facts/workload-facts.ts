import { type FactSource, observed } from './fact-source.ts'

/** Workloads in production, their briefs, and what was decided of both. */
export const workloadFacts: FactSource = async (tx, { organizationId }) => {
  const decided = { organizationId, kind: 'workload_brief', state: { in: ['approved', 'rejected'] } }
  const moved = { organizationId, kind: 'workload_lifecycle', state: 'approved' }
  return {
    'workloads.production': observed(await tx.workload.count({ where: { organizationId, lifecycle: 'production' } })),
    'workloads.approvedTransitions': observed(await tx.approvalRequest.count({ where: moved })),
    'briefs.submitted': observed(await tx.brief.count({ where: { organizationId, version: { gt: 0 } } })),
    'briefs.reviewed': observed(await tx.approvalRequest.count({ where: decided })),
  }
}
