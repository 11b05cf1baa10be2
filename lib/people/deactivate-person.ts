import { revokeKeysOfPerson } from '#lib/keys/revoke-keys-of-person.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { publishLeads, teamsLedBy } from '#lib/teams/publish-team.ts'
import { keepAnAdministrator } from './administrators.ts'
import { findPerson } from './find-person.ts'
import { DeactivatePersonInput } from './schema.ts'

export interface Deactivated {
  id: string
  deactivatedAt: string
  keysRevoked: number
}

/**
 * Ends a person's sessions and sign-in links at once and revokes their keys on every gateway. Throws
 * `conflict` for oneself and for the last administrator. Doing it again changes nothing and succeeds.
 */
export async function deactivatePerson({ ctx, input }: VerbArgs): Promise<Deactivated> {
  requirePermission(ctx, 'people.manage')
  const { id, reason } = parseInput(DeactivatePersonInput, input)
  return transact(ctx, async tx => {
    const person = await findPerson(tx, ctx, id)
    if (person.status === 'deactivated' && person.deactivatedAt) {
      return { id, deactivatedAt: person.deactivatedAt.toISOString(), keysRevoked: 0 }
    }
    if (person.roles.includes('administrator')) await keepAnAdministrator(tx, ctx, id)
    if (ctx.actor.id === id) throw conflict('You cannot deactivate yourself. Ask another administrator.')
    const deactivatedAt = new Date()
    await tx.person.update({
      where: { id },
      data: { status: 'deactivated', deactivatedAt, sessionVersion: { increment: 1 } },
    })
    await tx.signInLink.deleteMany({ where: { personId: id, usedAt: null } })
    const keysRevoked = await revokeKeysOfPerson(tx, ctx, id, `${person.name} was deactivated`)
    await publishLeads(tx, ctx, await teamsLedBy(tx, id))
    await audit(tx, ctx, {
      action: 'person.deactivated',
      subject: { kind: 'person', id, name: person.name },
      before: { status: 'active' },
      after: { status: 'deactivated', deactivatedAt, keysRevoked },
      ...(reason ? { reason } : {}),
    })
    return { id, deactivatedAt: deactivatedAt.toISOString(), keysRevoked }
  })
}
