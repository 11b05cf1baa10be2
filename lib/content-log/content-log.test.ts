import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashContentAudit } from '#core/content/content-audit.ts'
import type { RequestEvent } from '#core/contracts/request-event.ts'
import { newId } from '#core/ids.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { databases } from '#lib/platform/database.ts'
import { listTiers } from '#lib/tiers/queries.ts'
import { updateTier } from '#lib/tiers/update-tier.ts'
import { keepContent } from '#test/kept-content.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { auditContent } from './audit-content.ts'
import { getContentAudit, listContentAudits } from './audits.ts'
import { contentState } from './content-state.ts'
import { dropOldContent } from './drop-old-content.ts'
import { keepContentKeys } from './keep-content-keys.ts'
import { contentOverview, listContent, listContentReads } from './queries.ts'
import { readContent } from './read-content.ts'
import { renewContentKey } from './renew-content-key.ts'
import { setContentLogging } from './set-content-logging.ts'

const REASON = 'A customer complained about the answer'
const DAY_MS = 86_400_000

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

async function withContentLog(): Promise<TestOrganization> {
  const org = await makeOrganization()
  await installGuardrails({ ctx: org.admin, input: {} })
  await setContentLogging({ ctx: org.admin, input: { enabled: true } })
  return org
}

const readsOf = (id: string) =>
  databases().system.auditEntry.findMany({
    where: { action: 'content.read', subjectId: id },
    orderBy: { sequence: 'asc' },
  })

async function tierOf(org: TestOrganization, name: string) {
  const tier = (await listTiers(org.admin)).find(one => one.name === name)
  if (!tier) throw new Error(`no tier ${name}`)
  return tier
}

describe('a read', () => {
  test('shows the conversation, and is in the audit log with who and which', async () => {
    const content = await readContent({ ctx: here.admin, input: { id: open.id } })
    expect(content.conversation).toEqual([{ role: 'user', parts: [{ type: 'text', text: 'which port does it use' }] }])
    expect(content.answer).toEqual([{ type: 'text', text: 'which port does it use' }])
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

describe('retention', () => {
  test('drops by tier, at once what a tier no longer keeps, and destroys keys under which nothing is left', async () => {
    const org = await withContentLog()
    const ago = (days: number) => {
      const at = Date.now() - days * DAY_MS
      // A request's id begins with its time.
      const time = at.toString(16).padStart(12, '0')
      return { id: `${time.slice(0, 8)}-${time.slice(8)}${newId().slice(13)}`, occurredAt: new Date(at).toISOString() }
    }
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

describe('an audit', () => {
  test('of what is in order finds nothing, and is evidence that cannot be changed', async () => {
    const org = await withContentLog()
    await keepContent(org.id)
    await keepContent(org.id, { tier: 'Internal', logging: 'restricted' })
    const result = await auditContent({ ctx: org.admin, input: {} })
    expect(result).toMatchObject({ entries: 2, sampleSize: 2, violations: 0, intact: true })
    expect(result.record.population).toEqual({ Public: 1, Internal: 1 })
    expect(result.sha256).toBe(hashContentAudit(result.record))
    expect(await getContentAudit(org.admin, result.id)).toEqual(result)
    const app = new pg.Client({ connectionString: process.env.DATABASE_URL, options: '-c role=gatehouse_app' })
    await app.connect()
    await expect(app.query('update content_audits set violations = 0')).rejects.toThrow(/permission/)
    await app.end()
    await owner.query(`update content_audits set record = jsonb_set(record, '{collector}', '"nobody"') where id = $1`, [
      result.id,
    ])
    expect((await getContentAudit(org.admin, result.id)).intact).toBe(false)
    const stranger = (await withContentLog()).admin
    await expect(getContentAudit(stranger, result.id)).rejects.toMatchObject({ kind: 'not_found' })
  })

  test.each([
    ['tier_keeps_none', `update request_contents set tier = 'Restricted' where id = $1`],
    ['tier_differs', `update request_contents set tier = 'Internal' where id = $1`],
    [
      'not_decided',
      `update request_events set detail = '{"stages":[],"attempts":[],"content":"metadata"}' where id = $1`,
    ],
    ['unreadable', `update request_contents set sealed = overlay(sealed placing '\\x00'::bytea from 40) where id = $1`],
    ['no_event', `delete from request_events where id = $1`],
  ])('finds a planted violation: %s', async (rule, sql) => {
    const org = await withContentLog()
    await org.person(['security'])
    await keepContent(org.id)
    const planted = await keepContent(org.id, { said: 'nothing to see' })
    await owner.query(sql, [planted.id])
    const { violations, record } = await auditContent({ ctx: org.admin, input: {} })
    expect(violations).toBeGreaterThan(0)
    expect(record.violations).toContainEqual(expect.objectContaining({ requestId: planted.id, rule }))
    expect(record.violations.map(({ requestId }) => requestId)).not.toContain(open.id)
    const notices = await databases().system.notice.findMany({
      where: { organizationId: org.id, kind: 'content_audit_finding' },
    })
    expect(notices.length).toBe(1)
  })

  test('finds what the tier kept none of at that time, though it does now, and the reverse not', async () => {
    const org = await withContentLog()
    const tier = await tierOf(org, 'Public')
    const at = (ms: number) => ({ occurredAt: new Date(Date.now() + ms).toISOString() })
    const before = await keepContent(org.id, { event: at(-60_000) })
    await updateTier({ ctx: org.admin, input: { id: tier.id, contentLogging: 'metadata' } })
    await updateTier({ ctx: org.admin, input: { id: tier.id, contentLogging: 'full' } })
    expect((await auditContent({ ctx: org.admin, input: {} })).violations).toBe(0)
    // The last change was an hour later than it was.
    await owner.query('alter table audit_entries disable trigger user')
    await owner.query(
      `update audit_entries set occurred_at = now() + interval '1 hour'
       where organization_id = $1 and action = 'tier.updated' and before->>'contentLogging' = 'metadata'`,
      [org.id],
    )
    await owner.query('alter table audit_entries enable trigger user')
    const during = await keepContent(org.id, { event: at(60_000) })
    const { record } = await auditContent({ ctx: org.admin, input: {} })
    expect(record.violations).toMatchObject([{ requestId: during.id, rule: 'tier_keeps_none' }])
    expect(record.violations.map(({ requestId }) => requestId)).not.toContain(before.id)
  })

  test('finds data that the guardrails would have kept out, in what was asked and answered, never naming it', async () => {
    const org = await withContentLog()
    const card = await keepContent(org.id, { said: 'Charge 4111 1111 1111 1111' })
    const secret = await keepContent(org.id, {
      tier: 'Internal',
      logging: 'restricted',
      said: 'password: Tr0ub4dor&3x',
    })
    await keepContent(org.id, { said: 'write to anna@example.com' })
    const { record } = await auditContent({ ctx: org.admin, input: {} })
    const found = record.violations.map(({ requestId, detector, location }) => `${requestId} ${detector} ${location}`)
    expect(found.sort()).toEqual(
      [
        `${card.id} card answer.0`,
        `${card.id} card messages.0.content`,
        `${secret.id} secret answer.0`,
        `${secret.id} secret messages.0.content`,
      ].sort(),
    )
    expect(JSON.stringify(record)).not.toMatch(/4111|Tr0ub4dor/)
  })
})

test('a request of before the content log says nothing of content', async () => {
  const event = makeRequestEvent(here.id, { id: newId(), dataClass: 'Public' })
  await recordRequestEvents([event])
  expect(await contentState(here.admin, event.id)).toMatchObject({ state: 'not_kept', kept: null })
})
