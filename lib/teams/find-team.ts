import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Team } from '#prisma/generated/client.ts'

/** A team that the actor may manage; `not_found` for any other, whether it exists or not. */
export async function findManagedTeam(tx: Transaction, ctx: Context, id: string): Promise<Team> {
  const scope = requirePermission(ctx, 'teams.manage')
  const team = await tx.team.findFirst({ where: { id, organizationId: ctx.organizationId } })
  const led = ctx.actor.kind === 'person' && ctx.actor.ledTeamIds.includes(id)
  if (!team || (scope !== 'organization' && !led)) throw notFound('team')
  return team
}
