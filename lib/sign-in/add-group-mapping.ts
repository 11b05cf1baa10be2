import { newId } from '#core/ids.ts'
import { requireEqualOf } from '#lib/people/administrators.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { toMappingDto, WITH_TEAM } from './mapping-dto.ts'
import { AddGroupMappingInput, type GroupMappingDto } from './schema.ts'

/**
 * Says what a group of the identity provider means here; holds from each person's next sign-in. People whom
 * nobody added here, but who have a mapped group, are added when they first sign in.
 */
export async function addGroupMapping({ ctx, input }: VerbArgs): Promise<GroupMappingDto> {
  requirePermission(ctx, 'people.manage')
  const { group, teamId, role, membership } = parseInput(AddGroupMappingInput, input)
  requireEqualOf(ctx, role ? [role] : [])
  return transact(ctx, async tx => {
    const { organizationId } = ctx
    const team = teamId ? await tx.team.findFirst({ where: { id: teamId, organizationId } }) : null
    if (teamId && !team) throw notFound('team')
    if (team?.archivedAt) throw conflict(`${team.name} is archived. Choose another team.`)
    if (await tx.groupMapping.findFirst({ where: { organizationId, group, teamId, role } })) {
      throw conflict(`${group} is mapped to this already.`)
    }
    const mapping = await tx.groupMapping.create({
      data: { id: newId(), organizationId, group, teamId, role, membership: teamId ? membership : null },
      include: WITH_TEAM,
    })
    await audit(tx, ctx, {
      action: 'group_mapping.added',
      subject: { kind: 'group_mapping', id: mapping.id, name: group },
      after: { group, teamId, team: team?.name ?? null, membership: mapping.membership, role },
    })
    return toMappingDto(mapping)
  })
}
