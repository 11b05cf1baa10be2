import { formatDay } from '#core/day-words.ts'
import { type Context, ownedBy, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { EACH, found, named } from './named.ts'
import type { Found } from './schema.ts'

const byName = { orderBy: { name: 'asc' }, take: EACH } as const

/** Routes in force or switched off; archived ones are found in their list. */
export async function findRoutes(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'routes.read')) return []
  const where = { organizationId: ctx.organizationId, archivedAt: null, name: named(text) }
  const routes = await tx.route.findMany({ where, ...byName })
  return routes.map(({ id, name, scope }) => found('route', id, name, `for ${scope}`, `/operate/routes/${id}`))
}

/** Models at their providers, as gateways measure them. */
export async function findDeployments(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'routes.read')) return []
  const models = await tx.model.findMany({
    where: {
      organizationId: ctx.organizationId,
      lifecycle: { in: ['approved', 'restricted', 'deprecated'] },
      OR: [{ identifier: named(text) }, { provider: { name: named(text) } }],
    },
    select: { id: true, identifier: true, provider: { select: { name: true } } },
    orderBy: { identifier: 'asc' },
    take: EACH,
  })
  return models.map(({ id, identifier, provider }) =>
    found('deployment', id, identifier, `at ${provider.name}`, `/operate/deployments#${id}`),
  )
}

/** Failover drills of a model, the latest first. */
export async function findDrills(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'routes.read')) return []
  const where = { organizationId: ctx.organizationId, modelName: named(text) }
  const drills = await tx.failoverDrill.findMany({ where, orderBy: { id: 'desc' }, take: EACH })
  return drills.map(({ id, modelName, state, createdAt }) =>
    found('drill', id, modelName, `${state}, ${formatDay(createdAt)}`, `/operate/failover-drills/${id}`),
  )
}

export async function findCachePolicies(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'cache.read')) return []
  const where = { organizationId: ctx.organizationId, archivedAt: null, name: named(text) }
  const policies = await tx.cachePolicy.findMany({ where, ...byName })
  return policies.map(({ id, name, scope }) => found('cache_policy', id, name, `for ${scope}`, `/operate/cache/${id}`))
}

export async function findRateLimits(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'rateLimits.read')) return []
  const where = {
    AND: [ownedBy(ctx, 'rateLimits.read')],
    organizationId: ctx.organizationId,
    archivedAt: null,
    name: named(text),
  }
  const limits = await tx.rateLimit.findMany({ where, ...byName })
  return limits.map(({ id, name, measure, window }) =>
    found('rate_limit', id, name, window ? `${measure} a ${window}` : measure, `/operate/rate-limits/${id}`),
  )
}

export async function findBudgets(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'budgets.read')) return []
  const where = {
    AND: [ownedBy(ctx, 'budgets.read')],
    organizationId: ctx.organizationId,
    keyId: null,
    exemptionId: null,
    archivedAt: null,
    name: named(text),
  }
  const budgets = await tx.budget.findMany({ where, ...byName })
  return budgets.map(({ id, name, scope }) => found('budget', id, name, `for ${scope}`, `/finance/budgets/${id}`))
}
