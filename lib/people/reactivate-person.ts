import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { publishLeads, teamsLedBy } from '#lib/teams/publish-team.ts'
import { requireEqualOf } from './administrators.ts'
import { findPerson } from './find-person.ts'
import { toDto, WITH_TEAMS } from './person-dto.ts'
import { type PersonDto, PersonIdInput } from './schema.ts'

/** Lets a person sign in again, with the roles and teams they had. Keys that were revoked stay revoked. */
export async function reactivatePerson({ ctx, input }: VerbArgs): Promise<PersonDto> {
  requirePermission(ctx, 'people.manage')
  const { id } = parseInput(PersonIdInput, input)
  return transact(ctx, async tx => {
    const before = await findPerson(tx, ctx, id)
    requireEqualOf(ctx, before.roles)
    const data = { status: 'active', deactivatedAt: null } as const
    const person = await tx.person.update({ where: { id }, data, include: WITH_TEAMS })
    if (before.status === 'deactivated') {
      await audit(tx, ctx, {
        action: 'person.reactivated',
        subject: { kind: 'person', id, name: person.name },
        before: { status: 'deactivated', deactivatedAt: before.deactivatedAt },
        after: { status: 'active', roles: person.roles },
      })
    }
    if (before.status === 'deactivated') await publishLeads(tx, ctx, await teamsLedBy(tx, id))
    return toDto(person)
  })
}
