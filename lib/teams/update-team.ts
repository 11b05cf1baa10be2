import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findManagedTeam } from './find-team.ts'
import { publishTeam } from './publish-team.ts'
import { type TeamDetailDto, UpdateTeamInput } from './schema.ts'
import { changeBounds, toDetail, WITH_MEMBERS } from './team-dto.ts'

/** Changes a team; what is left out stays. Narrower bounds hold for keys issued from now on. */
export async function updateTeam({ ctx, input }: VerbArgs): Promise<TeamDetailDto> {
  requirePermission(ctx, 'teams.manage')
  const { id, keyBounds, ...changes } = parseInput(UpdateTeamInput, input)
  return transact(ctx, async tx => {
    const before = await findManagedTeam(tx, ctx, id)
    const { organizationId } = ctx
    const namesake = { organizationId, id: { not: id }, name: changes.name ?? before.name }
    if (changes.name && (await tx.team.count({ where: namesake })) > 0) {
      throw conflict(`There is a team named ${changes.name} already.`)
    }
    const bounds = changeBounds(before.keyBounds, keyBounds)
    const team = await tx.team.update({ where: { id }, data: { ...changes, keyBounds: bounds }, include: WITH_MEMBERS })
    const { name, description, costCentre } = before
    await audit(tx, ctx, {
      action: 'team.updated',
      subject: { kind: 'team', id, name: team.name },
      before: { name, description, costCentre, keyBounds: before.keyBounds },
      after: { name: team.name, description: team.description, costCentre: team.costCentre, keyBounds: bounds },
    })
    await publishTeam(tx, ctx, team)
    return toDetail(team)
  })
}
