import { DEFAULT_PREFERENCES, NotificationPreferences } from '#core/notifications/preferences.ts'
import { OrganizationSettings } from '#lib/organizations/schema.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** What each of these persons wants to hear; who has chosen nothing has the defaults, in the organization's time zone. */
export async function preferencesOf(
  tx: Transaction,
  organizationId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, NotificationPreferences>> {
  const [rows, defaults] = [
    await tx.notificationPreference.findMany({ where: { organizationId, personId: { in: [...personIds] } } }),
    await defaultPreferences(tx, organizationId),
  ]
  // What cannot be read any more must not keep what happened from being told.
  const chosen = new Map(
    rows.map(({ personId, document }) => [personId, NotificationPreferences.safeParse(document).data ?? defaults]),
  )
  return new Map(personIds.map(id => [id, chosen.get(id) ?? defaults]))
}

async function defaultPreferences(tx: Transaction, organizationId: string): Promise<NotificationPreferences> {
  const organization = await tx.organization.findUnique({ where: { id: organizationId }, select: { settings: true } })
  const timeZone = OrganizationSettings.parse(organization?.settings ?? {}).timezone
  return { ...DEFAULT_PREFERENCES, timeZone }
}
