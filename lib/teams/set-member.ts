import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findManagedTeam } from './find-team.ts'
import { publishTeam } from './publish-team.ts'
import { type MemberDto, SetMemberInput } from './schema.ts'

/**
 * Puts a person into a team, or changes whether they lead it. The membership counts as made by hand from
 * then on: no group claim takes it away.
 */
export async function setMember({ ctx, input }: VerbArgs): Promise<MemberDto> {
  requirePermission(ctx, 'teams.manage')
  const { teamId, personId, kind } = parseInput(SetMemberInput, input)
  return transact(ctx, async tx => {
    const team = await findManagedTeam(tx, ctx, teamId)
    const { organizationId } = ctx
    const person = await tx.person.findFirst({ where: { id: personId, organizationId } })
    if (!person) throw notFound('person')
    if (team.archivedAt) throw conflict(`${team.name} is archived. Unarchive it first.`)
    if (person.status !== 'active') throw conflict(`${person.name} is deactivated. Reactivate them first.`)
    const where = { teamId_personId: { teamId, personId } }
    const before = await tx.membership.findUnique({ where })
    if (before?.kind !== kind || before.fromGroup !== null) {
      const create = { organizationId, teamId, personId, kind }
      await tx.membership.upsert({ where, create, update: { kind, fromGroup: null } })
      await audit(tx, ctx, {
        action: before ? 'membership.changed' : 'membership.added',
        subject: { kind: 'team', id: teamId, name: team.name },
        ...(before ? { before: { person: person.name, kind: before.kind, fromGroup: before.fromGroup } } : {}),
        after: { personId, person: person.name, kind },
      })
      if (kind === 'lead' || before?.kind === 'lead') await publishTeam(tx, ctx, team)
    }
    return { teamId, personId, name: person.name, email: person.email, kind, active: true, fromGroup: null }
  })
}
