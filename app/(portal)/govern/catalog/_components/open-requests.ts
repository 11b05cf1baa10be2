import 'server-only'
import { countModelRequests } from '#lib/model-requests/queries.ts'
import type { Context } from '#lib/platform/context.ts'

/** How many requests for models are not decided yet. */
export async function openRequests(ctx: Context): Promise<number> {
  const { in_review = 0, awaiting_decision = 0 } = await countModelRequests(ctx)
  return in_review + awaiting_decision
}
