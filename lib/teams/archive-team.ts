import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findManagedTeam } from './find-team.ts'
import { publishTeam } from './publish-team.ts'
import { type TeamDetailDto, TeamIdInput } from './schema.ts'
import { toDetail, WITH_MEMBERS } from './team-dto.ts'

/** Sets a team aside: gateways refuse its keys until it is unarchived; its record and evidence stay. */
export async function archiveTeam(args: VerbArgs): Promise<TeamDetailDto> {
  return setArchived(args, true)
}

/** Brings an archived team back, with its people and those of its keys that are still valid. */
export async function unarchiveTeam(args: VerbArgs): Promise<TeamDetailDto> {
  return setArchived(args, false)
}

async function setArchived({ ctx, input }: VerbArgs, archived: boolean): Promise<TeamDetailDto> {
  requirePermission(ctx, 'teams.manage')
  const { id } = parseInput(TeamIdInput, input)
  return transact(ctx, async tx => {
    const before = await findManagedTeam(tx, ctx, id)
    const changes = (before.archivedAt !== null) !== archived
    const archivedAt = archived ? (before.archivedAt ?? new Date()) : null
    const team = await tx.team.update({ where: { id }, data: { archivedAt }, include: WITH_MEMBERS })
    if (changes) {
      await audit(tx, ctx, {
        action: archived ? 'team.archived' : 'team.unarchived',
        subject: { kind: 'team', id, name: team.name },
        before: { archivedAt: before.archivedAt },
        after: { archivedAt },
      })
      await publishTeam(tx, ctx, team)
    }
    return toDetail(team)
  })
}
