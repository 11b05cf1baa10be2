import { beforeAll, describe, expect, test } from 'vitest'
import type { RequestEvent } from '#core/contracts/request-event.ts'
import { newId } from '#core/ids.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { databases } from '#lib/platform/database.ts'
import { withContentLog } from '#test/content-log.ts'
import { keepContent } from '#test/kept-content.ts'
import type { TestOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { auditContent } from './audit-content.ts'
import { listContentAudits } from './audits.ts'
import { contentState } from './content-state.ts'
import { contentOverview, listContent, listContentReads } from './queries.ts'
import { renewContentKey } from './renew-content-key.ts'
import type { ListContentQuery } from './schema.ts'
import { setContentLogging } from './set-content-logging.ts'

let here: TestOrganization
let restricted: RequestEvent

beforeAll(async () => {
  here = await withContentLog()
  for (const said of ['one', 'two', 'three']) await keepContent(here.id, { said })
  restricted = await keepContent(here.id, { tier: 'Internal', logging: 'restricted', said: 'the plan for March' })
})

describe('the list', () => {
  test('says what is known of an entry, never the content, page by page', async () => {
    const page = await listContent(here.admin, { limit: 2 })
    expect([page.data.length, page.nextCursor !== null]).toEqual([2, true])
    const next = await listContent(here.admin, { limit: 200, cursor: page.nextCursor ?? '' })
    const all = [...page.data, ...next.data]
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(JSON.stringify(all)).not.toContain('plan for March')
    const [found] = (await listContent(here.admin, { search: restricted.id })).data
    expect(found).toMatchObject({ id: restricted.id, tier: 'Internal', logging: 'restricted', truncated: false })
    expect((await listContent(here.admin, { tier: 'Internal' })).data.map(({ id }) => id)).toEqual([restricted.id])
  })

  test('takes filters of what was kept and of the request together, page by page', async () => {
    const org = await withContentLog()
    const keyId = (await issueKey({ ctx: org.admin, input: { name: 'one of two', teamId: org.teamId } })).id
    const kept: string[] = []
    for (const minutes of [4, 3, 2, 1]) {
      const event = { occurredAt: new Date(Date.now() - minutes * 60_000).toISOString() }
      const of = minutes % 2 === 0 ? { ...event, keyId, teamId: org.teamId } : event
      const tier = minutes > 2 ? { tier: 'Internal', logging: 'restricted' as const } : {}
      kept.unshift((await keepContent(org.id, { ...tier, event: of })).id)
    }
    const idsOf = async (query: ListContentQuery) => (await listContent(org.admin, query)).data.map(({ id }) => id)
    expect(await idsOf({})).toEqual(kept)
    expect(await idsOf({ keyId })).toEqual([kept[1], kept[3]])
    expect(await idsOf({ teamId: org.teamId, tier: 'Internal' })).toEqual([kept[3]])
    expect(await idsOf({ logging: 'full' })).toEqual([kept[0], kept[1]])
    const first = await listContent(org.admin, { keyId, limit: 1 })
    expect(first.data).toMatchObject([{ id: kept[1], keyName: 'one of two', tier: 'Public' }])
    expect(await idsOf({ keyId, limit: 1, cursor: first.nextCursor ?? '' })).toEqual([kept[3]])
  })

  test.each([
    'listContent',
    'contentOverview',
    'listContentReads',
    'listContentAudits',
    'auditContent',
    'setContentLogging',
    'renewContentKey',
  ])('%s without the permission is refused', async name => {
    const ctx = here.serviceToken(['content.read', 'requests.read'])
    const calls: Record<string, () => unknown> = {
      listContent: () => listContent(ctx, {}),
      contentOverview: () => contentOverview(ctx),
      listContentReads: () => listContentReads(ctx),
      listContentAudits: () => listContentAudits(ctx),
      auditContent: () => auditContent({ ctx, input: {} }),
      setContentLogging: () => setContentLogging({ ctx, input: { enabled: false, erase: true } }),
      renewContentKey: () => renewContentKey({ ctx, input: {} }),
    }
    await expect(async () => calls[name]?.()).rejects.toMatchObject({ kind: 'permission_denied' })
  })
})

describe('what Postgres takes', () => {
  test('no content of a tier that keeps none, of an unknown tier, or without its event', async () => {
    const org = await withContentLog()
    for (const tier of ['Restricted', 'Unheard']) {
      const event = await keepContent(org.id, { tier })
      expect(await databases().system.requestContent.findFirst({ where: { id: event.id } })).toBeNull()
      expect(await databases().system.requestEvent.findFirst({ where: { id: event.id } })).not.toBeNull()
    }
    expect((await contentOverview(org.admin)).tiers.map(({ entries }) => entries)).toEqual([0, 0, 0])
  })
})

test('a request of before the content log says nothing of content', async () => {
  const event = makeRequestEvent(here.id, { id: newId(), dataClass: 'Public' })
  await recordRequestEvents([event])
  expect(await contentState(here.admin, event.id)).toMatchObject({ state: 'not_kept', kept: null })
})
