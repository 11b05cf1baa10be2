import 'server-only'
import type { z } from 'zod'
import { newId } from '#core/ids.ts'
import { type ExplainRequest, RouteExplanation } from '#core/routing/explanation.ts'
import { requireSlugs } from '#lib/data-sources/find-data-source.ts'
import { askHealth } from '#lib/deployments/queries.ts'
import { askAnyReplica } from '#lib/gateway-fleet/ask-replicas.ts'
import { type Context, ownedBy, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { notFound, parseInput } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { requireTierName } from '#lib/tiers/tier-name.ts'
import { checkRoute } from './check-route.ts'
import { ExplainRoutingInput, type RoutingExplanationDto } from './explain-schema.ts'
import { findRoute } from './find-route.ts'
import { storeDefinition } from './route-definition.ts'

type Input = z.output<typeof ExplainRoutingInput>

/** Which models a request could go to and why one wins, as a running gateway decides it with what it has measured. */
export async function explainRouting({ ctx, input }: VerbArgs): Promise<RoutingExplanationDto> {
  requirePermission(ctx, 'routes.read')
  const asked = parseInput(ExplainRoutingInput, input)
  const [explanation, { views, silent }] = await Promise.all([askExplanation(ctx, asked), askHealth(ctx)])
  const ids = explanation?.candidates.map(candidate => candidate.modelId) ?? []
  const tier = explanation?.tier ?? null
  return {
    explanation,
    health: ids.map(modelId => ({ modelId, replicas: views.get(modelId) ?? [] })),
    tierBounds: tier === null ? null : await read(ctx, tx => boundsOf(tx, ctx, tier)),
    silent,
  }
}

/** The explanation alone, without how the candidates do elsewhere; null when no replica answers. */
export async function explainBriefly({ ctx, input }: VerbArgs): Promise<RouteExplanation | null> {
  requirePermission(ctx, 'routes.read')
  return askExplanation(ctx, parseInput(ExplainRoutingInput, input))
}

async function askExplanation(ctx: Context, asked: Input): Promise<RouteExplanation | null> {
  const body = await read(ctx, tx => questionOf(tx, ctx, asked))
  return askAnyReplica({ path: '/explain', body, answer: RouteExplanation })
}

async function boundsOf(tx: Transaction, ctx: Context, name: string): Promise<RoutingExplanationDto['tierBounds']> {
  const tier = await tx.tier.findFirst({ where: { organizationId: ctx.organizationId, name } })
  if (!tier) return null
  const among = { where: { id: { in: tier.providerIds } }, select: { name: true }, orderBy: { name: 'asc' } } as const
  const providers = tier.providerIds.length > 0 ? await tx.provider.findMany(among) : []
  return { name, regions: tier.regions, providers: providers.map(provider => provider.name) }
}

async function questionOf(tx: Transaction, ctx: Context, asked: Input): Promise<z.input<typeof ExplainRequest>> {
  const { keyId, draft, ...rest } = asked
  const team = keyId ? await teamOfKey(tx, ctx, keyId) : asked.teamId
  if (team !== null && (await tx.team.count({ where: { id: team, organizationId: ctx.organizationId } })) === 0) {
    throw notFound('team')
  }
  // What a replica does not know it answers with an error, which would pass for silence.
  await requireSlugs(tx, ctx, asked.dataSources)
  const tier = await requireTierName(tx, ctx, asked.tier)
  return {
    ...rest,
    tier,
    organizationId: ctx.organizationId,
    keyId,
    teamId: team,
    draft: await draftOf(tx, ctx, draft),
  }
}

async function teamOfKey(tx: Transaction, ctx: Context, id: string): Promise<string> {
  const where = { AND: [ownedBy(ctx, 'keys.read'), { id, organizationId: ctx.organizationId }] }
  const key = await tx.apiKey.findFirst({ where, select: { teamId: true } })
  if (!key) throw notFound('key')
  return key.teamId
}

async function draftOf(tx: Transaction, ctx: Context, draft: Input['draft']) {
  if (!draft) return null
  const { routeId, reason, ...route } = draft
  const version = routeId ? (await findRoute(tx, ctx, routeId)).version + 1 : 1
  await checkRoute(tx, ctx, route, routeId ?? undefined)
  const { name, scope, target, ...definition } = route
  return { id: routeId ?? newId(), document: { name, scope, target, version, ...storeDefinition(definition) } }
}
