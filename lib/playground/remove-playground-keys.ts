import { withdrawConfig } from '#lib/platform/config-publish.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'

const BATCH = 500
/** Left a while after its end, so that a late event still finds its name. */
const LEFT_MS = 3_600_000

/** Removes playground keys that ended an hour ago from the database and the gateways; returns how many. */
export async function removePlaygroundKeys(now = new Date()): Promise<number> {
  const { system } = databases()
  const keys = await system.apiKey.findMany({
    where: { kind: 'playground', expiresAt: { lt: new Date(now.getTime() - LEFT_MS) } },
    select: { id: true, organizationId: true },
    take: BATCH,
  })
  for (const { id, organizationId } of keys) {
    await system.$transaction(async tx => {
      await tx.apiKey.delete({ where: { id }, select: { id: true } })
      await withdrawConfig(tx, systemContext(organizationId, 'remove-playground-keys'), 'key', id)
    })
  }
  return keys.length
}
