import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { DomainError, notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { preferencesOf } from './preferences-of.ts'
import { type PreferencesDto, SetPreferencesInput } from './schema.ts'

/** Chooses what a person hears where and when: one's own, or with `notifications.manage` anybody's. */
export function setPreferences({ ctx, input }: VerbArgs): Promise<PreferencesDto> {
  const { personId: given, preferences } = parseInput(SetPreferencesInput, input)
  const { organizationId, actor } = ctx
  const personId = given ?? (actor.kind === 'person' ? actor.id : null)
  if (personId === null) throw new DomainError('permission_denied', 'Say whose preferences these are.')
  if (actor.kind !== 'person' || personId !== actor.id) requirePermission(ctx, 'notifications.manage')
  return transact(ctx, async tx => {
    const person = await tx.person.findFirst({ where: { id: personId, organizationId } })
    if (!person) throw notFound('person')
    const before = (await preferencesOf(tx, organizationId, [personId])).get(personId)
    await tx.notificationPreference.upsert({
      where: { personId },
      create: { personId, organizationId, document: preferences },
      update: { document: preferences },
    })
    await audit(tx, ctx, {
      action: 'notification_preferences.changed',
      subject: { kind: 'person', id: personId, name: person.name },
      ...(before ? { before } : {}),
      after: preferences,
    })
    return { personId, chosen: true, preferences }
  })
}
