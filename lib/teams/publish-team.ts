import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Team } from '#prisma/generated/client.ts'

/** Publishes a team as the gateways know it: they refuse the keys of one that is not active. */
export function publishTeam(tx: Transaction, ctx: Context, team: Team): Promise<bigint> {
  return publishConfig(tx, ctx, 'team', team.id, {
    name: team.name,
    slug: team.slug,
    active: team.archivedAt === null,
  })
}
