import type { AnnotatedKind } from '#core/annotations/annotated-kinds.ts'
import type { Permission } from '#core/permissions.ts'
import { visibleTo } from '#lib/briefs/find-brief.ts'
import { exemptionReach } from '#lib/exemptions/find-exemption.ts'
import { type Context, ownedBy, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** A record that can be annotated, as far as the actor may see it. */
export interface AnnotatedRecord {
  readonly kind: AnnotatedKind
  readonly id: string
  readonly name: string
  readonly href: string
}

interface Kind {
  /** In words, as in `data source`. */
  readonly title: string
  readonly permission: Permission
  readonly page: string
  /** Those of these records that the actor, who has the permission, may see. */
  find(tx: Transaction, ctx: Context, ids: string[]): Promise<{ id: string; name: string }[]>
}

const KINDS: Readonly<Record<AnnotatedKind, Kind>> = {
  policy: {
    ...{ title: 'policy', permission: 'policies.read', page: '/govern/policies' },
    find: (tx, ctx, ids) => tx.policy.findMany({ where: own(ctx, ids), select: NAMED }),
  },
  exemption: {
    ...{ title: 'exemption', permission: 'exemptions.read', page: '/govern/exemptions' },
    find: (tx, ctx, ids) =>
      tx.exemption.findMany({ where: { AND: [exemptionReach(ctx), own(ctx, ids)] }, select: TITLED }).then(byTitle),
  },
  risk: {
    ...{ title: 'risk', permission: 'risks.read', page: '/govern/risks' },
    find: (tx, ctx, ids) => tx.risk.findMany({ where: own(ctx, ids), select: TITLED }).then(byTitle),
  },
  workload: {
    ...{ title: 'workload', permission: 'workloads.read', page: '/workloads' },
    find: (tx, ctx, ids) => tx.workload.findMany({ where: own(ctx, ids), select: NAMED }),
  },
  brief: {
    ...{ title: 'brief', permission: 'workloads.read', page: '/workloads/briefs' },
    find: (tx, ctx, ids) => tx.brief.findMany({ where: { AND: [visibleTo(ctx), own(ctx, ids)] }, select: NAMED }),
  },
  model: {
    ...{ title: 'model', permission: 'models.read', page: '/govern/catalog' },
    find: async (tx, ctx, ids) => {
      const models = await tx.model.findMany({ where: own(ctx, ids), select: { id: true, displayName: true } })
      return models.map(({ id, displayName: name }) => ({ id, name }))
    },
  },
  model_request: {
    ...{ title: 'model request', permission: 'models.read', page: '/govern/catalog/requests' },
    find: async (tx, ctx, ids) => {
      const asked = await tx.modelRequest.findMany({ where: own(ctx, ids), select: { id: true, identifier: true } })
      return asked.map(({ id, identifier: name }) => ({ id, name }))
    },
  },
  data_source: {
    ...{ title: 'data source', permission: 'guardrails.read', page: '/govern/classification#' },
    find: (tx, ctx, ids) => tx.dataSource.findMany({ where: own(ctx, ids), select: NAMED }),
  },
  budget: {
    ...{ title: 'budget', permission: 'budgets.read', page: '/finance/budgets' },
    find: (tx, ctx, ids) => {
      const where = { AND: [ownedBy(ctx, 'budgets.read'), own(ctx, ids)] }
      return tx.budget.findMany({ where, select: NAMED })
    },
  },
  board_decision: {
    ...{ title: 'board decision', permission: 'board.read', page: '/govern/board/decisions' },
    find: async (tx, ctx, ids) => {
      if (scopeOf(ctx.actor, 'board.read') !== 'organization') return []
      const where = own(ctx, ids)
      const decisions = await tx.boardDecision.findMany({ where, select: { id: true, number: true, title: true } })
      return decisions.map(({ id, number, title }) => ({ id, name: `${number}: ${title}` }))
    },
  },
}

const NAMED = { id: true, name: true } as const
const TITLED = { id: true, title: true } as const

function own({ organizationId }: Context, ids: string[]) {
  return { organizationId, id: { in: ids } }
}

function byTitle(rows: readonly { id: string; title: string }[]): { id: string; name: string }[] {
  return rows.map(({ id, title: name }) => ({ id, name }))
}

/** What a kind of record is called, as in `data source`. */
export function titleOfKind(kind: AnnotatedKind): string {
  return KINDS[kind].title
}

/** Those of the records that the actor may see, in one query a kind. */
export async function visibleRecords(
  tx: Transaction,
  ctx: Context,
  records: readonly { kind: AnnotatedKind; id: string }[],
): Promise<AnnotatedRecord[]> {
  const found: AnnotatedRecord[] = []
  for (const kind of new Set(records.map(one => one.kind))) {
    const { permission, page, find } = KINDS[kind]
    if (scopeOf(ctx.actor, permission) === null) continue
    const ids = records.filter(one => one.kind === kind).map(({ id }) => id)
    for (const { id, name } of await find(tx, ctx, ids)) {
      found.push({ kind, id, name, href: page.endsWith('#') ? `${page}${id}` : `${page}/${id}` })
    }
  }
  return found
}

/** One record that the actor may see. Throws `permission_denied` for a kind they may not, `not_found` for any other record. */
export async function requireVisible(
  tx: Transaction,
  ctx: Context,
  record: { kind: AnnotatedKind; id: string },
): Promise<AnnotatedRecord> {
  requirePermission(ctx, KINDS[record.kind].permission)
  const [found] = await visibleRecords(tx, ctx, [record])
  if (!found) throw notFound(KINDS[record.kind].title)
  return found
}
