import 'server-only'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { DomainError, notFound } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import { preferencesOf } from './preferences-of.ts'
import type { PreferencesDto } from './schema.ts'

/** What a person hears where and when: one's own, or with `notifications.manage` anybody's. */
export function getPreferences(ctx: Context, personId = ctx.actor.id): Promise<PreferencesDto> {
  if (ctx.actor.kind !== 'person' || personId !== ctx.actor.id) requirePermission(ctx, 'notifications.manage')
  if (personId === null) throw new DomainError('permission_denied', 'Only a person has preferences.')
  if (!isId(personId)) throw notFound('person')
  const { organizationId } = ctx
  return read(ctx, async tx => {
    if (!(await tx.person.findFirst({ where: { id: personId, organizationId } }))) throw notFound('person')
    const preferences = (await preferencesOf(tx, organizationId, [personId])).get(personId)
    if (!preferences) throw notFound('person')
    const chosen = (await tx.notificationPreference.count({ where: { personId, organizationId } })) > 0
    return { personId, chosen, preferences }
  })
}
