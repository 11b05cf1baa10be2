import { audit } from '#lib/platform/audit.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { renewContentKey } from './renew-content-key.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** How long a key is in use. */
const IN_USE_DAYS = 30

/**
 * Renews keys that are a month old, and destroys those under which nothing is left: what retention dropped can then
 * not be read from a copy of the data either.
 */
export async function keepContentKeys(now = new Date()): Promise<{ renewed: number; destroyed: number }> {
  const { system } = databases()
  const before = new Date(now.getTime() - IN_USE_DAYS * DAY_MS)
  const old = await system.contentKey.findMany({ where: { retiredAt: null, createdAt: { lt: before } } })
  for (const { organizationId } of old) {
    await renewContentKey({ ctx: systemContext(organizationId, 'keep-content-keys'), input: {} })
  }
  const retired = await system.contentKey.findMany({ where: { retiredAt: { lt: before }, destroyedAt: null } })
  let destroyed = 0
  for (const { id, organizationId, retiredAt } of retired) {
    // Whatever it sealed was asked before it was retired; a gateway may have learned of that a moment late.
    const occurredAt = { lte: new Date((retiredAt?.getTime() ?? 0) + HOUR_MS) }
    if (await system.requestContent.findFirst({ where: { organizationId, occurredAt }, select: { id: true } })) continue
    const ctx = systemContext(organizationId, 'keep-content-keys')
    await system.$transaction(async tx => {
      await tx.contentKey.update({ where: { id }, data: { wrappedKey: null, destroyedAt: now } })
      await audit(tx, ctx, {
        action: 'content_log.key_destroyed',
        subject: { kind: 'organization', id: organizationId, name: 'Content log' },
        before: { keyId: id },
      })
    })
    destroyed++
  }
  return { renewed: old.length, destroyed }
}
