import { leadsOfTeam } from '#lib/notices/recipients.ts'
import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Team } from '#prisma/generated/client.ts'

/** Publishes a team as the gateways know it: they refuse the keys of one that is not active. */
export async function publishTeam(tx: Transaction, ctx: Context, team: Team): Promise<void> {
  const leadIds = (await leadsOfTeam(tx, ctx.organizationId, team.id)).sort()
  return publishConfig(tx, ctx, 'team', team.id, {
    name: team.name,
    slug: team.slug,
    active: team.archivedAt === null,
    leadIds,
  })
}

/** Publishes teams anew whose leads may have changed. */
export async function publishLeads(tx: Transaction, ctx: Context, teamIds: readonly string[]): Promise<void> {
  const where = { organizationId: ctx.organizationId, id: { in: [...teamIds] } }
  for (const team of await tx.team.findMany({ where, orderBy: { id: 'asc' } })) await publishTeam(tx, ctx, team)
}

/** Ids of the teams that a person leads. */
export async function teamsLedBy(tx: Transaction, personId: string): Promise<string[]> {
  const led = await tx.membership.findMany({ where: { personId, kind: 'lead' }, select: { teamId: true } })
  return led.map(({ teamId }) => teamId)
}
