import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { requireEqualOf } from './administrators.ts'
import { toDto, WITH_TEAMS } from './person-dto.ts'
import { CreatePersonInput, type PersonDto } from './schema.ts'

/**
 * Adds a person. They sign in by single sign-on with this e-mail address, or by a sign-in link. Throws
 * `conflict` when the address is taken here.
 */
export async function createPerson({ ctx, input }: VerbArgs): Promise<PersonDto> {
  requirePermission(ctx, 'people.manage')
  const { teamIds, ...data } = parseInput(CreatePersonInput, input)
  requireEqualOf(ctx, data.roles)
  return transact(ctx, async tx => {
    const { organizationId } = ctx
    const taken = await tx.person.findFirst({ where: { organizationId, email: data.email }, select: { status: true } })
    if (taken?.status === 'deactivated') throw conflict(`${data.email} is deactivated here. Reactivate this person.`)
    if (taken) throw conflict(`${data.email} is here already.`)
    const ids = [...new Set(teamIds)]
    const teams = await tx.team.findMany({ where: { organizationId, id: { in: ids }, archivedAt: null } })
    if (teams.length !== ids.length) throw invalid('teamIds', 'One of these teams does not exist or is archived.')
    const memberships = { create: ids.map(teamId => ({ organizationId, teamId })) }
    const person = await tx.person.create({
      data: { id: newId(), organizationId, ...data, memberships },
      include: WITH_TEAMS,
    })
    await audit(tx, ctx, {
      action: 'person.created',
      subject: { kind: 'person', id: person.id, name: person.name },
      after: { ...data, teams: teams.map(team => team.name) },
    })
    return toDto(person)
  })
}
