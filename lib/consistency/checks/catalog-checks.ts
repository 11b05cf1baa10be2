import { z } from 'zod'
import { Substitute } from '#core/routing/route.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ConsistencyCheck } from '../check.ts'

const CALLABLE = ['approved', 'restricted', 'deprecated']
const RouteModels = z.object({ modelIds: z.array(z.string()) })

/** Models by id, with whether they can be called. */
async function modelsOf(tx: Transaction, { organizationId }: Context) {
  const models = await tx.model.findMany({
    where: { organizationId },
    include: { provider: true },
    orderBy: { identifier: 'asc' },
  })
  const now = Date.now()
  return models.map(model => ({
    ...model,
    callable:
      CALLABLE.includes(model.lifecycle) &&
      model.provider.enabled &&
      (model.sunsetAt === null || model.sunsetAt.getTime() > now),
  }))
}

export const CATALOG_CHECKS: readonly ConsistencyCheck[] = [
  {
    id: 'callable-models-have-tiers',
    title: 'Every model that can be called says which tiers of data it may see',
    consequence: 'Requests with classified data are refused for it, or nobody decided what it may see.',
    severity: 'error',
    async run(tx, ctx) {
      const models = await modelsOf(tx, ctx)
      return models
        .filter(({ callable, tiers }) => callable && tiers.length === 0)
        .map(({ id, identifier }) => ({
          subject: { kind: 'model', id, name: identifier },
          message: `${identifier} names no tier`,
          fix: { text: 'Say what it may see', href: `/build/models/${id}/edit` },
        }))
    },
  },
  {
    id: 'models-name-known-tiers',
    title: 'Every tier that a model, key or data source names exists',
    consequence: 'Gateways refuse what names a tier that nobody knows.',
    severity: 'error',
    async run(tx, ctx) {
      const { organizationId } = ctx
      const tiers = new Set((await tx.tier.findMany({ where: { organizationId } })).map(({ name }) => name))
      const models = await modelsOf(tx, ctx)
      const keys = await tx.apiKey.findMany({
        where: { organizationId, kind: 'live', revokedAt: null, tier: { not: null } },
      })
      const sources = await tx.dataSource.findMany({ where: { organizationId, archivedAt: null } })
      const named = [
        ...models.map(({ id, identifier, tiers: names }) => ({
          ...{ kind: 'model', id, name: identifier, names },
          href: `/build/models/${id}/edit`,
        })),
        ...keys.map(({ id, name, tier }) => ({
          ...{ kind: 'key', id, name, names: tier ? [tier] : [] },
          href: `/build/keys/${id}`,
        })),
        ...sources.map(({ id, name, tier }) => ({
          ...{ kind: 'data_source', id, name, names: [tier] },
          href: '/govern/classification',
        })),
      ]
      return named.flatMap(({ kind, id, name, names, href }) =>
        names
          .filter(tier => !tiers.has(tier))
          .map(tier => ({
            subject: { kind, id, name },
            message: `${name} names the tier ${tier}, which does not exist`,
            fix: { text: 'Name one that exists', href },
          })),
      )
    },
  },
  {
    id: 'callable-models-have-a-price',
    title: 'Every model that can be called has a price',
    consequence: 'Its calls are missing from every cost and budget.',
    severity: 'error',
    async run(tx, ctx) {
      const models = await modelsOf(tx, ctx)
      const priced = await tx.modelPrice.findMany({
        where: { organizationId: ctx.organizationId, validFrom: { lte: new Date() } },
        select: { modelId: true },
        distinct: ['modelId'],
      })
      const known = new Set(priced.map(({ modelId }) => modelId))
      return models
        .filter(({ id, callable }) => callable && !known.has(id))
        .map(({ id, identifier }) => ({
          subject: { kind: 'model', id, name: identifier },
          message: `${identifier} has no price in force`,
          fix: { text: 'Set a price', href: `/build/models/${id}` },
        }))
    },
  },
  {
    id: 'substitutes-can-be-called',
    title: 'Every substitute of a model can be called',
    consequence: 'In an outage calls have nowhere to go.',
    severity: 'error',
    async run(tx, ctx) {
      const models = await modelsOf(tx, ctx)
      const byId = new Map(models.map(model => [model.id, model]))
      return models
        .filter(({ callable }) => callable)
        .flatMap(({ id, identifier, substitutes }) =>
          z
            .array(Substitute)
            .parse(substitutes)
            .filter(({ modelId }) => !byId.get(modelId)?.callable)
            .map(({ modelId }) => ({
              subject: { kind: 'model', id, name: identifier },
              message: `${byId.get(modelId)?.identifier ?? 'A model that is gone'} cannot stand in for ${identifier}`,
              fix: { text: 'Name another substitute', href: `/build/models/${id}/edit` },
            })),
        )
    },
  },
  {
    id: 'routes-name-callable-models',
    title: 'Every route names models that can be called',
    consequence: 'The route chooses among fewer models than it says.',
    severity: 'error',
    async run(tx, ctx) {
      const byId = new Map((await modelsOf(tx, ctx)).map(model => [model.id, model]))
      const routes = await tx.route.findMany({ where: { organizationId: ctx.organizationId, archivedAt: null } })
      return routes.flatMap(({ id, name, definition }) =>
        RouteModels.parse(definition)
          .modelIds.filter(modelId => !byId.get(modelId)?.callable)
          .map(modelId => ({
            subject: { kind: 'route', id, name },
            message: `${name} names ${byId.get(modelId)?.identifier ?? 'a model that is gone'}, which cannot be called`,
            fix: { text: 'Change the route', href: `/operate/routes/${id}/edit` },
          })),
      )
    },
  },
  {
    id: 'keys-can-call-something',
    title: 'Every key that is bound to models can call at least one of them',
    consequence: 'Every call with the key is refused.',
    severity: 'error',
    async run(tx, ctx) {
      const byId = new Map((await modelsOf(tx, ctx)).map(model => [model.id, model]))
      const keys = await tx.apiKey.findMany({
        where: {
          organizationId: ctx.organizationId,
          kind: 'live',
          revokedAt: null,
          expiresAt: { gt: new Date() },
          modelIds: { isEmpty: false },
        },
        orderBy: { name: 'asc' },
      })
      return keys
        .filter(({ modelIds }) => !modelIds.some(id => byId.get(id)?.callable))
        .map(({ id, name }) => ({
          subject: { kind: 'key', id, name },
          message: `No model that ${name} may call can be called`,
          fix: { text: 'Rotate it to other models, or revoke it', href: `/build/keys/${id}` },
        }))
    },
  },
]
