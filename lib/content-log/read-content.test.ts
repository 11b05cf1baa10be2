import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RequestEvent } from '#core/contracts/request-event.ts'
import { databases } from '#lib/platform/database.ts'
import { updateTier } from '#lib/tiers/update-tier.ts'
import { tierOf, withContentLog } from '#test/content-log.ts'
import { keepContent } from '#test/kept-content.ts'
import type { TestOrganization } from '#test/organization.ts'
import { contentState } from './content-state.ts'
import { contentOverview, listContent, listContentReads } from './queries.ts'
import { readContent } from './read-content.ts'

const REASON = 'A customer complained about the answer'

let here: TestOrganization
let owner: pg.Client
let open: RequestEvent
let restricted: RequestEvent

beforeAll(async () => {
  here = await withContentLog()
  open = await keepContent(here.id, { said: 'which port does it use' })
  restricted = await keepContent(here.id, { tier: 'Internal', logging: 'restricted', said: 'the plan for March' })
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await owner.connect()
})
afterAll(() => owner.end())

const readsOf = (id: string) =>
  databases().system.auditEntry.findMany({
    where: { action: 'content.read', subjectId: id },
    orderBy: { sequence: 'asc' },
  })

describe('a read', () => {
  test('shows the conversation, and is in the audit log with who and which', async () => {
    const content = await readContent({ ctx: here.admin, input: { id: open.id } })
    expect(content.conversation).toEqual([{ role: 'user', parts: [{ type: 'text', text: 'which port does it use' }] }])
    expect(content.answers).toEqual([[{ type: 'text', text: 'which port does it use' }]])
    expect(await readsOf(open.id)).toMatchObject([
      { actorId: here.admin.actor.id, subjectKind: 'request_content', after: { tier: 'Public', logging: 'full' } },
    ])
  })

  test('of a restricted tier needs a reason, which the audit log keeps, and a permission', async () => {
    const attempt = (ctx = here.admin, reason?: string) => readContent({ ctx, input: { id: restricted.id, reason } })
    await expect(attempt()).rejects.toMatchObject({ kind: 'invalid_input', fields: [{ field: 'reason' }] })
    await expect(attempt(here.admin, 'short')).rejects.toMatchObject({ kind: 'invalid_input' })
    const lead = { ...here.serviceToken(['content.read']) }
    await expect(attempt(lead, REASON)).rejects.toMatchObject({ kind: 'permission_denied' })
    expect(await readsOf(restricted.id)).toEqual([])
    expect((await attempt(here.admin, REASON)).request.text).toContain('the plan for March')
    expect(await readsOf(restricted.id)).toMatchObject([{ reason: REASON }])
    const [last] = await listContentReads(here.admin, 1)
    expect(last).toMatchObject({ requestId: restricted.id, tier: 'Internal', reason: REASON })
  })

  test('without an audit entry gives no content', async () => {
    await owner.query(`
      create function refuse_reads() returns trigger language plpgsql as $$
      begin if new.organization_id = '${here.id}' and new.action = 'content.read' then raise exception 'no room'; end if;
      return new; end $$`)
    await owner.query(
      'create trigger refuse_reads before insert on audit_entries for each row execute function refuse_reads()',
    )
    const before = (await readsOf(open.id)).length
    await expect(readContent({ ctx: here.admin, input: { id: open.id } })).rejects.toThrow()
    await owner.query('drop trigger refuse_reads on audit_entries')
    await owner.query('drop function refuse_reads')
    expect((await readsOf(open.id)).length).toBe(before)
  })

  test('reaches as far as the permission does', async () => {
    const developer = await here.person(['developer'])
    const mine = await keepContent(here.id, { event: { personId: developer.actor.id } })
    const lead = await here.person(['team_lead'], { lead: true })
    const teams = await keepContent(here.id, { event: { teamId: here.teamId } })
    const finance = await here.person(['finance'])
    expect((await readContent({ ctx: developer, input: { id: mine.id } })).id).toBe(mine.id)
    expect((await readContent({ ctx: lead, input: { id: teams.id } })).id).toBe(teams.id)
    for (const [ctx, id, kind] of [
      [developer, open.id, 'not_found'],
      [lead, open.id, 'not_found'],
      [finance, open.id, 'permission_denied'],
    ] as const) {
      await expect(readContent({ ctx, input: { id } })).rejects.toMatchObject({ kind })
    }
    expect((await contentState(finance, open.id)).lacks).toBe('content.read')
    expect((await contentState(lead, teams.id)).lacks).toBeNull()
    expect((await contentState(here.admin, restricted.id)).lacks).toBeNull()
  })

  test('from another organization finds nothing, and leaves nothing', async () => {
    const stranger = (await withContentLog()).admin
    const before = (await readsOf(open.id)).length
    await expect(readContent({ ctx: stranger, input: { id: open.id } })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(contentState(stranger, open.id)).rejects.toMatchObject({ kind: 'not_found' })
    expect((await listContent(stranger, {})).data).toEqual([])
    expect((await listContent(stranger, { search: open.id })).data).toEqual([])
    expect(await listContentReads(stranger)).toEqual([])
    expect((await contentOverview(stranger)).tiers.map(tier => tier.entries)).toEqual([0, 0, 0])
    expect((await readsOf(open.id)).length).toBe(before)
  })

  test('is stricter when the tier has become so', async () => {
    const org = await withContentLog()
    const event = await keepContent(org.id)
    const tier = await tierOf(org, 'Public')
    await updateTier({ ctx: org.admin, input: { id: tier.id, contentLogging: 'restricted' } })
    const attempt = (reason?: string) => readContent({ ctx: org.admin, input: { id: event.id, reason } })
    await expect(attempt()).rejects.toMatchObject({ kind: 'invalid_input' })
    expect((await attempt(REASON)).logging).toBe('restricted')
    await updateTier({ ctx: org.admin, input: { id: tier.id, contentLogging: 'metadata' } })
    await expect(attempt(REASON)).rejects.toMatchObject({ kind: 'conflict' })
  })

  test('with the key of another entry, organization or installation opens nothing', async () => {
    const org = await withContentLog()
    const [one, other] = [await keepContent(org.id), await keepContent(org.id)]
    await owner.query(
      'update request_contents a set sealed = b.sealed from request_contents b where a.id = $1 and b.id = $2',
      [one.id, other.id],
    )
    const attempt = (id: string) => readContent({ ctx: org.admin, input: { id } })
    await expect(attempt(one.id)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('decrypted'),
    })
    const foreign = await databases().system.contentKey.findFirstOrThrow({ where: { organizationId: here.id } })
    const where = { organizationId: org.id }
    await databases().system.contentKey.updateMany({ where, data: { wrappedKey: foreign.wrappedKey } })
    await expect(attempt(other.id)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('GATEHOUSE_SECRET_KEY'),
    })
    expect(await readsOf(one.id)).toEqual([])
  })
})
