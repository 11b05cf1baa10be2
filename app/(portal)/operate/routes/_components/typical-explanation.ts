import 'server-only'
import type { Context } from '#lib/platform/context.ts'
import { explainRouting } from '#lib/routes/explain-routing.ts'
import type { RoutingExplanationDto } from '#lib/routes/explain-schema.ts'
import type { RouteDto } from '#lib/routes/schema.ts'
import { typicalModel } from './route-words.ts'

/**
 * What a gateway would do with a small call of the model that the route is about, by one of those it decides for. Null
 * when it is about none, or cannot be asked about. Never rejects: a page awaits it after it has begun to be sent.
 */
export async function typicalExplanation(ctx: Context, route: RouteDto): Promise<RoutingExplanationDto | null> {
  const model = typicalModel(route)
  if (model === null || !route.enabled || route.archivedAt) return null
  const teamId = route.scope === 'team' ? route.target : null
  const workload = route.scope === 'workload' ? route.target : null
  return explainRouting({ ctx, input: { model, teamId, workload } }).catch(() => null)
}
