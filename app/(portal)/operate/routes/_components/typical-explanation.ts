import 'server-only'
import type { RouteExplanation } from '#core/routing/explanation.ts'
import type { Context } from '#lib/platform/context.ts'
import { explainBriefly } from '#lib/routes/explain-routing.ts'
import type { RouteDto } from '#lib/routes/schema.ts'
import { typicalModel } from './route-words.ts'

/** `unasked`: the route is about no model in particular, or decides nothing; `unknown`: no gateway said. */
export type TypicalExplanation = RouteExplanation | 'unasked' | 'unknown'

/**
 * What a gateway would do with a small call of the model that the route is about, by one of those it decides for.
 * Never rejects: a page awaits it after it has begun to be sent.
 */
export async function typicalExplanation(ctx: Context, route: RouteDto): Promise<TypicalExplanation> {
  const model = typicalModel(route)
  if (model === null || !route.enabled || route.archivedAt) return 'unasked'
  const teamId = route.scope === 'team' ? route.target : null
  const workload = route.scope === 'workload' ? route.target : null
  const answer = await explainBriefly({ ctx, input: { model, teamId, workload } }).catch(() => null)
  return answer ?? 'unknown'
}
