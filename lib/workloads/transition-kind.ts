import { z } from 'zod'
import { formatDay } from '#core/day-words.ts'
import { criteriaFor, effectOf, standingAgainst } from '#core/workloads/criteria.ts'
import { WORKLOAD_LIFECYCLES } from '#core/workloads/lifecycle.ts'
import type { ApprovalKind } from '#lib/approvals/approval-kind.ts'
import { conflict } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest, Workload } from '#prisma/generated/client.ts'
import { changeLifecycle } from './change-lifecycle.ts'
import { reclaimable } from './reclaim.ts'
import { ReclaimedDto } from './schema.ts'
import { factsOf } from './workload-facts.ts'

/** What is asked for: where it stands and where it should, what is let go of, and what ends with it. */
export const TransitionSnapshot = z.strictObject({
  workloadId: z.uuid(),
  workload: z.string(),
  from: z.enum(WORKLOAD_LIFECYCLES),
  to: z.enum(WORKLOAD_LIFECYCLES),
  sunsetAt: z.iso.datetime().nullable(),
  migrationPlan: z.string(),
  waived: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  reclaimed: z.array(ReclaimedDto),
})
export type TransitionSnapshot = z.infer<typeof TransitionSnapshot>

const KIND_WORDS: Readonly<Record<ReclaimedDto['kind'], string>> = {
  key: 'key',
  budget: 'budget',
  route: 'route',
  rate_limit: 'rate limit',
  cache_policy: 'cache policy',
  data_source: 'tie to data source',
}

/** A workload goes on in its lifecycle. Approval makes it so on every gateway within a second. */
export const transitionKind: ApprovalKind = {
  id: 'workload_lifecycle',
  title: 'Workload lifecycle',
  policy: {
    steps: [
      {
        name: 'Team lead, board or approver',
        approvers: { teamLeads: true, roles: ['approver', 'board_member'] },
        escalateAfterHours: 72,
        escalateTo: { roles: ['administrator'] },
      },
    ],
  },
  describe(snapshot) {
    const { workload, from, to, sunsetAt, migrationPlan, waived, reclaimed } = TransitionSnapshot.parse(snapshot)
    const line = (label: string, after: string) => (after === '' ? [] : [{ label, before: null, after }])
    return [
      { label: 'Workload', before: null, after: workload },
      { label: 'Lifecycle', before: from, after: to },
      { label: 'Effect', before: null, after: effectOf(to) },
      ...line('Ends on', sunsetAt === null ? '' : formatDay(sunsetAt)),
      ...line('Its callers go', migrationPlan),
      ...line('To be let go of', waived.map(({ title }) => title).join('; ')),
      ...line('Ends with it', reclaimed.map(({ kind, name }) => `${KIND_WORDS[kind]} ${name}`).join(', ')),
    ]
  },
  approvalAsks(snapshot) {
    const { waived } = TransitionSnapshot.parse(snapshot)
    if (waived.length === 0) return null
    return `Say why this is let go of: ${waived.map(({ title }) => title).join('; ')}.`
  },
  href: ({ subjectId }) => `/workloads/${subjectId}`,
  async current(tx, ctx, { subjectId, snapshot }) {
    await tx.$queryRaw`select 1 from workloads where id = ${subjectId}::uuid for update`
    const workload = await tx.workload.findFirst({ where: { id: subjectId, organizationId: ctx.organizationId } })
    if (!workload) return null
    const asked = TransitionSnapshot.parse(snapshot)
    return {
      ...asked,
      workload: workload.name,
      from: workload.lifecycle,
      reclaimed: await reclaimedBy(tx, workload, asked.to),
    }
  },
  async carryOut(tx, ctx, request) {
    const asked = TransitionSnapshot.parse(request.snapshot)
    const where = { id: asked.workloadId, organizationId: ctx.organizationId }
    const workload = await tx.workload.findFirstOrThrow({ where })
    await requireCriteria(tx, workload, asked)
    await requireReasonToWaive(tx, request, asked)
    const reason = `Asked for by ${request.requesterName}: ${request.reason}`.slice(0, 500)
    const { id, name } = await changeLifecycle(tx, ctx, workload, { ...asked, reason })
    return { kind: 'workload', id, name, href: `/workloads/${id}` }
  },
}

/** What ends when a workload goes to a place: something only at its end. */
export function reclaimedBy(tx: Transaction, workload: Workload, to: string): Promise<ReclaimedDto[]> {
  return to === 'decommissioned' ? reclaimable(tx, workload) : Promise.resolve([])
}

/** Throws `conflict` that names what stands against it now, with the way out of the first. */
export async function requireCriteria(
  tx: Transaction,
  workload: Workload,
  asked: Pick<TransitionSnapshot, 'to' | 'sunsetAt' | 'migrationPlan' | 'waived'>,
): Promise<void> {
  const now = new Date()
  const sunsetAt = asked.sunsetAt === null ? null : new Date(asked.sunsetAt)
  const facts = await factsOf(tx, workload, { sunsetAt, migrationPlan: asked.migrationPlan }, now)
  const against = standingAgainst(
    criteriaFor(asked.to, facts, now),
    asked.waived.map(({ id }) => id),
  )
  const [first] = against
  if (!first) return
  const names = against.map(({ title }) => title.charAt(0).toLowerCase() + title.slice(1)).join('; ')
  throw conflict(`${workload.name} cannot go to ${asked.to} yet. What has to hold: ${names}. ${first.fix}`)
}

/** Letting something go is a decision of its own: whoever approves says why. */
async function requireReasonToWaive(
  tx: Transaction,
  { id }: ApprovalRequest,
  { waived }: TransitionSnapshot,
): Promise<void> {
  if (waived.length === 0) return
  const where = { requestId: id, vote: 'approve', reason: { not: '' } }
  if ((await tx.approvalVote.count({ where })) > 0) return
  const names = waived.map(({ title }) => title).join('; ')
  throw conflict(`Approve it with a reason: it says why this is let go of: ${names}.`)
}
