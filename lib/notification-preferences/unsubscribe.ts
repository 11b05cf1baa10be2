import { newId } from '#core/ids.ts'
import { NEWS_KINDS } from '#lib/notices/news-kinds.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { preferencesOf } from './preferences-of.ts'
import { setPreferences } from './set-preferences.ts'
import { personOfLink } from './unsubscribe-link.ts'

/**
 * Ends e-mail to whoever an unsubscribe address is of (RFC 8058); everything still stands in the portal. False for an
 * address that was not made here.
 */
export async function unsubscribe(link: { person: string | null; token: string | null }): Promise<boolean> {
  const personId = personOfLink(link.person, link.token)
  const person = personId && (await databases().system.person.findUnique({ where: { id: personId } }))
  if (!person) return false
  const { id, name, organizationId, roles } = person
  const actor = { kind: 'person' as const, id, name, roles, teamIds: [], ledTeamIds: [] }
  const ctx: Context = { organizationId, actor, requestId: newId() }
  const preferences = (await preferencesOf(databases().system, organizationId, [id])).get(id)
  if (!preferences) return false
  const others = preferences.delivery.filter(({ channel }) => channel !== 'email')
  const off = NEWS_KINDS.map(({ kind }) => ({ kind, channel: 'email' as const, when: 'off' as const }))
  await setPreferences({ ctx, input: { preferences: { ...preferences, delivery: [...others, ...off] } } })
  return true
}
