import { newId } from '#core/ids.ts'
import { freeSlug, slugOf } from '#core/slug.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { publishTeam } from './publish-team.ts'
import { CreateTeamInput, DEFAULT_KEY_BOUNDS, type TeamDetailDto } from './schema.ts'
import { changeBounds, toDetail, WITH_MEMBERS } from './team-dto.ts'

/** Adds a team without people. Throws `conflict` when a team here has the name already. */
export async function createTeam({ ctx, input }: VerbArgs): Promise<TeamDetailDto> {
  if (requirePermission(ctx, 'teams.manage') !== 'organization') {
    throw new DomainError('permission_denied', 'Only who manages every team can add one. Ask an administrator.')
  }
  const { keyBounds, ...data } = parseInput(CreateTeamInput, input)
  return transact(ctx, async tx => {
    const { organizationId } = ctx
    const others = await tx.team.findMany({ where: { organizationId }, select: { name: true, slug: true } })
    if (others.some(team => team.name === data.name)) throw conflict(`There is a team named ${data.name} already.`)
    const bounds = changeBounds(DEFAULT_KEY_BOUNDS, keyBounds)
    const slug = freeSlug(slugOf(data.name), new Set(others.map(team => team.slug)))
    const team = await tx.team.create({
      data: { id: newId(), organizationId, ...data, slug, keyBounds: bounds },
      include: WITH_MEMBERS,
    })
    await audit(tx, ctx, {
      action: 'team.created',
      subject: { kind: 'team', id: team.id, name: team.name },
      after: { ...data, slug, keyBounds: bounds },
    })
    await publishTeam(tx, ctx, team)
    return toDetail(team)
  })
}
