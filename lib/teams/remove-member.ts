import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findManagedTeam } from './find-team.ts'
import { publishTeam } from './publish-team.ts'
import { RemoveMemberInput } from './schema.ts'

/** Takes a person out of a team. Keys they issued for it go on: the team's lead decides on those. */
export async function removeMember({ ctx, input }: VerbArgs): Promise<{ teamId: string; personId: string }> {
  requirePermission(ctx, 'teams.manage')
  const { teamId, personId } = parseInput(RemoveMemberInput, input)
  return transact(ctx, async tx => {
    const team = await findManagedTeam(tx, ctx, teamId)
    const where = { teamId, personId, organizationId: ctx.organizationId }
    const before = await tx.membership.findFirst({ where, include: { person: { select: { name: true } } } })
    if (!before) throw notFound('member')
    await tx.membership.delete({ where: { teamId_personId: { teamId, personId } } })
    await audit(tx, ctx, {
      action: 'membership.removed',
      subject: { kind: 'team', id: teamId, name: team.name },
      before: { personId, person: before.person.name, kind: before.kind, fromGroup: before.fromGroup },
    })
    if (before.kind === 'lead') await publishTeam(tx, ctx, team)
    return { teamId, personId }
  })
}
