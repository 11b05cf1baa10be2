import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { keepAnAdministrator, requireEqualOf } from './administrators.ts'
import { findPerson } from './find-person.ts'
import { toDto, WITH_TEAMS } from './person-dto.ts'
import { type PersonDto, UpdatePersonInput } from './schema.ts'

/**
 * Changes name, title or roles; what is left out stays. Works from the next request on, without a new
 * sign-in. Throws `conflict` when the last administrator would lose the role.
 */
export async function updatePerson({ ctx, input }: VerbArgs): Promise<PersonDto> {
  requirePermission(ctx, 'people.manage')
  const { id, ...changes } = parseInput(UpdatePersonInput, input)
  return transact(ctx, async tx => {
    const before = await findPerson(tx, ctx, id)
    const roles: string[] = changes.roles ?? before.roles
    const differing = [...roles, ...before.roles].filter(role => !roles.includes(role) || !before.roles.includes(role))
    requireEqualOf(ctx, differing)
    if (differing.includes('administrator') && before.status === 'active' && !roles.includes('administrator')) {
      await keepAnAdministrator(tx, ctx, id)
    }
    const groupRoles = before.groupRoles.filter(role => roles.includes(role))
    const person = await tx.person.update({ where: { id }, data: { ...changes, groupRoles }, include: WITH_TEAMS })
    await audit(tx, ctx, {
      action: 'person.updated',
      subject: { kind: 'person', id, name: person.name },
      before: { name: before.name, title: before.title, roles: before.roles },
      after: { name: person.name, title: person.title, roles: person.roles },
    })
    return toDto(person)
  })
}
