import { describe, expect, test } from 'vitest'
import { databases } from '#lib/platform/database.ts'
import { updateTier } from '#lib/tiers/update-tier.ts'
import { ago, tierOf, withContentLog } from '#test/content-log.ts'
import { keepContent } from '#test/kept-content.ts'
import { contentState } from './content-state.ts'
import { dropOldContent } from './drop-old-content.ts'
import { keepContentKeys } from './keep-content-keys.ts'
import { contentOverview } from './queries.ts'
import { renewContentKey } from './renew-content-key.ts'

const DAY_MS = 86_400_000

describe('retention', () => {
  test('drops by tier, at once what a tier no longer keeps, and destroys keys under which nothing is left', async () => {
    const org = await withContentLog()
    const kept = await keepContent(org.id, { event: ago(5) })
    const old = await keepContent(org.id, { event: ago(32) })
    const short = await keepContent(org.id, { tier: 'Internal', logging: 'restricted', event: ago(5) })
    await updateTier({ ctx: org.admin, input: { id: (await tierOf(org, 'Internal')).id, contentRetentionDays: 3 } })
    await dropOldContent()
    const left = async () => {
      const rows = await databases().system.requestContent.findMany({ where: { organizationId: org.id } })
      return rows.map(({ id }) => id)
    }
    expect(await left()).toEqual([kept.id])
    expect((await contentState(org.admin, old.id)).state).toBe('expired')
    expect((await contentState(org.admin, short.id)).state).toBe('expired')
    expect((await contentOverview(org.admin)).tiers.map(({ entries }) => entries)).toEqual([1, 0, 0])

    const retired = await databases().system.contentKey.findFirstOrThrow({ where: { organizationId: org.id } })
    await renewContentKey({ ctx: org.admin, input: {} })
    const later = new Date(Date.now() + 31 * DAY_MS)
    await keepContentKeys(later)
    const keyOf = (id: string) => databases().system.contentKey.findUniqueOrThrow({ where: { id } })
    expect((await keyOf(retired.id)).destroyedAt).toBeNull()
    await updateTier({ ctx: org.admin, input: { id: (await tierOf(org, 'Public')).id, contentLogging: 'metadata' } })
    await dropOldContent()
    expect(await left()).toEqual([])
    await keepContentKeys(later)
    expect(await keyOf(retired.id)).toMatchObject({ wrappedKey: null, destroyedAt: expect.any(Date) })
  })
})
