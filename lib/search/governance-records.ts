import { formatDay } from '#core/day-words.ts'
import { listApprovals } from '#lib/approvals/queries.ts'
import { visibleTo } from '#lib/briefs/find-brief.ts'
import { exemptionReach } from '#lib/exemptions/find-exemption.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { EACH, found, named } from './named.ts'
import type { Found } from './schema.ts'

const newest = { orderBy: { id: 'desc' }, take: EACH } as const
const byName = { orderBy: { name: 'asc' }, take: EACH } as const

/** Requests for a decision that the actor asked for, may decide or may see; decided ones as well. */
export async function findApprovals(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'approvals.read')) return []
  const search = named(text).contains
  const { data } = await listApprovals({ ...ctx, tx }, { view: 'all', search, limit: EACH })
  return data.map(({ id, title, kindTitle, state }) =>
    found('approval', id, title, `${kindTitle.toLowerCase()}, ${state}`, `/approvals/${id}`),
  )
}

/** Exemptions within the actor's reach, those that ended as well. */
export async function findExemptions(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'exemptions.read')) return []
  const rows = await tx.exemption.findMany({ where: { AND: [exemptionReach(ctx), { title: named(text) }] }, ...newest })
  return rows.map(({ id, title, endsAt }) =>
    found('exemption', id, title, `ends ${formatDay(endsAt)}`, `/govern/exemptions/${id}`),
  )
}

export async function findRisks(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'risks.read')) return []
  const where = { organizationId: ctx.organizationId, title: named(text) }
  const rows = await tx.risk.findMany({ where, ...newest })
  return rows.map(({ id, title, closedAt }) =>
    found('risk', id, title, closedAt === null ? '' : 'closed', `/govern/risks/${id}`),
  )
}

export async function findPolicies(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'policies.read')) return []
  const where = { organizationId: ctx.organizationId, archivedAt: null, name: named(text) }
  const rows = await tx.policy.findMany({ where, ...byName })
  return rows.map(({ id, name }) => found('policy', id, name, '', `/govern/policies/${id}`))
}

export async function findWorkloads(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'workloads.read')) return []
  const where = { organizationId: ctx.organizationId, OR: [{ name: named(text) }, { slug: named(text) }] }
  const rows = await tx.workload.findMany({ where, ...byName })
  return rows.map(({ id, name, lifecycle }) => found('workload', id, name, lifecycle, `/workloads/${id}`))
}

/** Briefs before a decision or after one; a draft for those who write it. */
export async function findBriefs(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'workloads.read')) return []
  const rows = await tx.brief.findMany({ where: { AND: [visibleTo(ctx), { name: named(text) }] }, ...newest })
  return rows.map(({ id, name, state }) => found('brief', id, name, state, `/workloads/briefs/${id}`))
}

/** Decisions of the review board, by number, title or question, for those who see the whole board. */
export async function findDecisions(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (scopeOf(ctx.actor, 'board.read') !== 'organization') return []
  const words = named(text)
  const where = { organizationId: ctx.organizationId, OR: [{ number: words }, { title: words }, { question: words }] }
  const rows = await tx.boardDecision.findMany({ where, ...newest })
  return rows.map(({ id, number, title }) => found('decision', id, title, number, `/govern/board/decisions/${id}`))
}

export async function findMeetings(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (scopeOf(ctx.actor, 'board.read') !== 'organization') return []
  const where = { organizationId: ctx.organizationId, title: named(text) }
  const rows = await tx.boardMeeting.findMany({ where, ...newest })
  return rows.map(({ id, title, startsAt }) =>
    found('meeting', id, title, formatDay(startsAt), `/govern/board/meetings/${id}`),
  )
}

export async function findModelRequests(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'models.read')) return []
  const names = [{ identifier: named(text) }, { displayName: named(text) }]
  const rows = await tx.modelRequest.findMany({ where: { organizationId: ctx.organizationId, OR: names }, ...newest })
  return rows.map(({ id, identifier, requesterName }) =>
    found('model_request', id, identifier, `by ${requesterName}`, `/govern/catalog/requests/${id}`),
  )
}
