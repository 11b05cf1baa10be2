import 'server-only'
import { cache } from 'react'
import { parseUsd } from '#core/usd.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import type { TeamChoice } from './key-facts.ts'

const MANY = 200

/** The teams for which the person may issue keys, with their bounds: their own, or all at organization scope. */
export const teamChoices = cache(async (ctx: Context): Promise<TeamChoice[]> => {
  const everywhere = scopeOf(ctx.actor, 'keys.issue') === 'organization'
  const own = ctx.actor.kind === 'person' ? ctx.actor.teamIds : []
  const { data } = await listTeams(ctx, ListTeamsQuery.parse({ limit: MANY }))
  return data
    .filter(team => everywhere || own.includes(team.id))
    .map(({ id, name, keyBounds }) => ({
      id,
      name,
      maxLifetimeDays: keyBounds.maxLifetimeDays,
      maxRequestsPerMinute: keyBounds.maxRequestsPerMinute,
      maxDailyLimitNanoUsd: (parseUsd(keyBounds.maxDailyLimitUsd) ?? 0n).toString(),
    }))
})
