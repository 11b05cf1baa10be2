import 'server-only'
import { z } from 'zod'
import { Substitute } from '#core/routing/route.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { readDefinition } from '#lib/routes/route-definition.ts'
import type { Model } from '#prisma/generated/client.ts'

const CALLABLE: readonly Model['lifecycle'][] = ['approved', 'restricted', 'deprecated']

/** A model of the catalog that can be called. */
export interface DrillCandidate {
  id: string
  identifier: string
  provider: string
  /** Whether anybody could answer its calls while it fails; else a drill of it has failed before it begins. */
  hasStandIn: boolean
}

/** The models that can be called, those that somebody could stand in for first. */
export function drillCandidates(ctx: Context): Promise<DrillCandidate[]> {
  requirePermission(ctx, 'routes.read')
  return read(ctx, async tx => {
    const { organizationId } = ctx
    const hasStandIn = await standInsOf(tx, organizationId)
    const models = await tx.model.findMany({
      where: { organizationId, lifecycle: { in: [...CALLABLE] } },
      orderBy: { identifier: 'asc' },
    })
    const providers = await tx.provider.findMany({ where: { organizationId }, select: { id: true, name: true } })
    const names = new Map(providers.map(({ id, name }) => [id, name]))
    return models
      .map(model => ({
        ...{ id: model.id, identifier: model.identifier, provider: names.get(model.providerId) ?? '' },
        hasStandIn: hasStandIn(model),
      }))
      .sort((a, b) => Number(b.hasStandIn) - Number(a.hasStandIn))
  })
}

export function isCallable({ lifecycle }: Pick<Model, 'lifecycle'>): boolean {
  return CALLABLE.includes(lifecycle)
}

/**
 * Says of a model whether its calls could go elsewhere: to its substitutes for an outage, or to another model of a
 * route that covers its name. Routes of workloads are left out, since a drill's calls belong to none.
 */
export async function standInsOf(
  tx: Transaction,
  organizationId: string,
): Promise<(model: Pick<Model, 'id' | 'identifier' | 'substitutes'>) => boolean> {
  const [models, routes] = await Promise.all([
    tx.model.findMany({ where: { organizationId, lifecycle: { in: [...CALLABLE] } }, select: { id: true } }),
    tx.route.findMany({ where: { organizationId, archivedAt: null, scope: { not: 'workload' } } }),
  ])
  const callable = new Set(models.map(({ id }) => id))
  const failingOver = routes.map(readDefinition).filter(({ enabled, failover }) => enabled && failover)
  return ({ id, identifier, substitutes }) => {
    const isOther = (other: string) => other !== id && callable.has(other)
    if (outageSubstitutes(substitutes).some(isOther)) return true
    return failingOver.some(
      ({ requestedNames, modelIds }) =>
        (requestedNames.length === 0 || requestedNames.includes(identifier)) && modelIds.some(isOther),
    )
  }
}

export function outageSubstitutes(substitutes: unknown): string[] {
  const all = z.array(Substitute).parse(substitutes)
  return all.filter(({ when }) => when.includes('outage')).map(({ modelId }) => modelId)
}

/** Why no drill of a model can pass, and what to do about it. */
export function noStandInWords(identifier: string): string {
  return `Nobody could answer in place of ${identifier} while it fails: it has no equivalent for an outage, and no route that covers it names another model. Give it an equivalent on its page under Build → Models, or a route with another model.`
}
