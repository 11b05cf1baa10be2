import type { HomeItem } from '#lib/home/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

const DAY_MS = 86_400_000
const REVIEW_NOTICE_DAYS = 30
const MANY = 20

/** Workloads of the viewer, or of teams they lead, that are due for review or end soon, and briefs that came back to them. */
export async function workloadNeeds(tx: Transaction, { organizationId, actor }: Context): Promise<HomeItem[]> {
  if (actor.kind !== 'person' || !scopeOf(actor, 'workloads.manage')) return []
  const own = [{ ownerId: actor.id }, { teamId: { in: actor.ledTeamIds } }]
  const soon = new Date(Date.now() + REVIEW_NOTICE_DAYS * DAY_MS)
  const due = await tx.workload.findMany({
    where: { organizationId, lifecycle: { not: 'decommissioned' }, OR: own, reviewBy: { lt: soon } },
    orderBy: { reviewBy: 'asc' },
    take: MANY,
  })
  const ending = await tx.workload.findMany({
    where: { organizationId, lifecycle: 'deprecated', OR: own, sunsetAt: { lt: soon } },
    orderBy: { sunsetAt: 'asc' },
    take: MANY,
  })
  const returned = await tx.brief.findMany({
    where: { organizationId, state: 'returned', OR: [{ authorId: actor.id }, { ownerId: actor.id }] },
    orderBy: { updatedAt: 'desc' },
    take: MANY,
  })
  const now = new Date()
  return [
    ...due.map(({ id, name, reviewBy }) => ({
      ...item('workload_review', reviewBy <= now ? 'danger' : 'warning', `/workloads/${id}`, 'Review'),
      title: reviewBy <= now ? `${name} is overdue for review` : `${name} is due for review`,
      detail: 'No workload runs without somebody looking at it',
      dueAt: reviewBy.toISOString(),
    })),
    ...ending.map(({ id, name, sunsetAt }) => ({
      ...item('workload_sunset', 'warning', `/workloads/${id}?tab=evidence`, 'See who calls it'),
      title: `${name} ends soon`,
      detail: 'Its calls are refused from then on',
      dueAt: sunsetAt?.toISOString() ?? null,
    })),
    ...returned.map(({ id, name, outcome }) => ({
      ...item('brief_returned', 'info', `/workloads/briefs/${id}`, 'Go on'),
      title: `The brief for ${name} came back`,
      detail: outcome ?? '',
      dueAt: null,
    })),
  ]
}

function item(kind: HomeItem['kind'], tone: HomeItem['tone'], href: string, action: string) {
  return { kind, tone, href, action, noticeId: null }
}
